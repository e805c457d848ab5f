package org.noports.identity;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.noports.api.Secret;
import org.noports.protocol.atkeys.LockedKeys;
import org.noports.protocol.atkeys.LockedKeys.Costs;

/** Locks and unlocks a key file's text with a passphrase: Argon2id (RFC 9106), then AES-256-CTR. */
final class PassphraseEnvelope {
  /** Least cost that OWASP names for Argon2id, and what existing programs write. */
  private static final int MEMORY_KIB = 19456;

  private static final int ITERATIONS = 2;
  private static final int PARALLELISM = 1;
  private static final int SALT_BYTES = 16;

  /** Costs of the oldest form, which does not write them down. */
  private static final int OLD_MEMORY_KIB = 10_000;

  private static final int OLD_PARALLELISM = 2;

  private static final SecureRandom RANDOM = new SecureRandom();

  private PassphraseEnvelope() {}

  /**
   * @param clear the file's text, as UTF-8
   * @param passphrase as UTF-8
   */
  static LockedKeys lock(Secret clear, Secret passphrase) {
    byte[] salt = random(SALT_BYTES);
    byte[] iv = random(LockedKeys.IV_BYTES);
    Costs costs = new Costs(salt, MEMORY_KIB, ITERATIONS, PARALLELISM);
    byte[] key = key(passphrase, costs);
    byte[] text = clear.exposeSecretBytes();
    try {
      return new LockedKeys(CounterMode.seal(key, iv, text), iv, Optional.of(costs));
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * The text inside.
   *
   * @throws GeneralSecurityException if the passphrase is the wrong one, or the bytes are damaged:
   *     the format cannot tell the two apart
   */
  static Secret unlock(LockedKeys locked, Secret passphrase) throws GeneralSecurityException {
    byte[] key = key(passphrase, locked.costs().orElseGet(() -> oldCosts(passphrase)));
    try {
      Secret text = CounterMode.open(key, locked.iv(), locked.content());
      if (!beginsAsObject(text)) {
        text.close();
        throw new GeneralSecurityException("what comes out is no key file");
      }
      return text;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static boolean beginsAsObject(Secret text) {
    byte[] bytes = text.exposeSecretBytes();
    try {
      int at = 0;
      while (at < bytes.length && Character.isWhitespace(bytes[at])) {
        at++;
      }
      return at < bytes.length && bytes[at] == '{';
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The passphrase salts itself: of each UTF-16 unit, the lower eight bits. */
  private static Costs oldCosts(Secret passphrase) {
    byte[] utf8 = passphrase.exposeSecretBytes();
    CharBuffer units = CharBuffer.allocate(0);
    try {
      units = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      byte[] salt = new byte[units.remaining()];
      for (int i = 0; i < salt.length; i++) {
        salt[i] = (byte) units.get(i);
      }
      return new Costs(salt, OLD_MEMORY_KIB, ITERATIONS, OLD_PARALLELISM);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The passphrase is not UTF-8 text", e);
    } finally {
      Arrays.fill(utf8, (byte) 0);
      if (units.hasArray()) {
        Arrays.fill(units.array(), '\0');
      }
    }
  }

  private static byte[] key(Secret passphrase, Costs costs) {
    byte[] text = passphrase.exposeSecretBytes();
    try {
      Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withSalt(costs.salt())
              .withMemoryAsKB(costs.memoryKiB())
              .withIterations(costs.iterations())
              .withParallelism(costs.parallelism())
              .build());
      byte[] key = new byte[CounterMode.KEY_BYTES];
      argon2.generateBytes(text, key);
      return key;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
