package org.noports.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.Secret;

/**
 * The atPlatform's symmetric encryption of key material (docs/protocol/atprotocol.md 6):
 * AES-256-CTR over bytes that are padded as PKCS#7 although CTR needs none.
 */
final class CounterMode {
  static final int KEY_BYTES = 32;
  static final int BLOCK = 16;

  private CounterMode() {}

  /** Pads and encrypts; the caller keeps, and should wipe, both arrays. */
  static byte[] seal(byte[] key, byte[] iv, byte[] clear) {
    int padding = BLOCK - clear.length % BLOCK;
    byte[] padded = Arrays.copyOf(clear, clear.length + padding);
    Arrays.fill(padded, clear.length, padded.length, (byte) padding);
    try {
      return counted(key, iv, padded);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has AES-256-CTR", e);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /**
   * Decrypts and takes the padding off. Wrong padding means a wrong key or damaged bytes; it is
   * found on our own machine and tells a stranger nothing.
   */
  static Secret open(byte[] key, byte[] iv, byte[] sealed) throws GeneralSecurityException {
    byte[] padded = counted(key, iv, sealed);
    try {
      return Secret.owning(Arrays.copyOf(padded, padded.length - padding(padded)));
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /** The bytes of a base64 text that came from elsewhere. */
  static byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(base64.strip().getBytes(StandardCharsets.US_ASCII));
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
      throw new BadPaddingException("it does not open with this key");
    }
    return length;
  }

  private static byte[] counted(byte[] key, byte[] iv, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    return cipher.doFinal(input);
  }
}
