package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.BadPaddingException;
import org.noports.api.Secret;

/**
 * The encryption of a key file's fields (docs/protocol/atprotocol.md 6): AES-256-CTR with an IV of
 * zeros over text that is padded as PKCS#7 although CTR needs none, in base64.
 */
final class SelfCipher implements AutoCloseable {
  private static final int KEY_BYTES = CounterMode.KEY_BYTES;
  private static final byte[] ZEROS = new byte[CounterMode.BLOCK];

  private final Secret key;

  private SelfCipher(Secret key) {
    this.key = requireNonNull(key, "key is null");
  }

  /** A cipher with a fresh key. */
  static SelfCipher fresh() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new SelfCipher(Secret.owning(key));
  }

  /**
   * The cipher of a key file's {@code selfEncryptionKey}.
   *
   * @throws GeneralSecurityException if the text is not base64 of 32 bytes
   */
  static SelfCipher of(Secret base64) throws GeneralSecurityException {
    byte[] text = base64.exposeSecretBytes();
    try {
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length != KEY_BYTES) {
        throw new GeneralSecurityException("it has " + key.length + " bytes instead of 32");
      }
      return new SelfCipher(Secret.owning(key));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not base64", e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The key's base64 text, as a key file holds it. */
  Secret keyText() {
    byte[] bytes = key.exposeSecretBytes();
    try {
      return Secret.owning(Base64.getEncoder().encode(bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Encrypts a text; the caller keeps, and should wipe, its array. */
  String seal(byte[] clear) {
    byte[] bytes = key.exposeSecretBytes();
    try {
      return Base64.getEncoder().encodeToString(CounterMode.seal(bytes, ZEROS, clear));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Decrypts a field. */
  Secret open(String sealed) throws GeneralSecurityException {
    byte[] bytes = key.exposeSecretBytes();
    try {
      return CounterMode.open(bytes, ZEROS, CounterMode.decode(sealed));
    } catch (BadPaddingException e) {
      throw new BadPaddingException("it does not open with the file's selfEncryptionKey");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
