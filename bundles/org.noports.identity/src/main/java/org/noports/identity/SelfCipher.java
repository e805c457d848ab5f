package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.Secret;

/**
 * The encryption of a key file's fields (docs/protocol/atprotocol.md 6): AES-256-CTR with an IV of
 * zeros over text that is padded as PKCS#7 although CTR needs none, in base64.
 */
final class SelfCipher implements AutoCloseable {
  private static final int KEY_BYTES = 32;
  private static final int BLOCK = 16;

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
    int padding = BLOCK - clear.length % BLOCK;
    byte[] padded = Arrays.copyOf(clear, clear.length + padding);
    Arrays.fill(padded, clear.length, padded.length, (byte) padding);
    try {
      return new String(Base64.getEncoder().encode(counterMode(padded)), StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has AES-256-CTR", e);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /**
   * Decrypts a field. Wrong padding means a wrong key or damaged text; it is found once, when a
   * file is read, and tells a stranger nothing.
   */
  Secret open(String sealed) throws GeneralSecurityException {
    byte[] padded = counterMode(decode(sealed));
    try {
      return Secret.owning(Arrays.copyOf(padded, padded.length - padding(padded)));
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private static byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(base64.trim());
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not base64", e);
    }
  }

  private static int padding(byte[] padded) throws BadPaddingException {
    int length = padded.length == 0 ? 0 : padded[padded.length - 1];
    boolean right = length >= 1 && length <= BLOCK && length <= padded.length;
    for (int i = 1; right && i <= length; i++) {
      right = padded[padded.length - i] == length;
    }
    if (!right) {
      throw new BadPaddingException("it does not open with the file's selfEncryptionKey");
    }
    return length;
  }

  private byte[] counterMode(byte[] input) throws GeneralSecurityException {
    byte[] bytes = key.exposeSecretBytes();
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(bytes, "AES"),
          new IvParameterSpec(new byte[BLOCK]));
      return cipher.doFinal(input);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
