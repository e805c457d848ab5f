package org.noports.atserver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.Secret;

/**
 * The end-to-end encryption of values and notifications (docs/protocol/atprotocol.md section 7):
 * AES-256-CTR over UTF-8 text with PKCS#7 padding, in base64. It hides; it does not authenticate:
 * who must be sure of a text verifies a signature inside it.
 */
final class ValueCipher {
  /** AES-256. */
  static final int KEY_BYTES = 32;

  private static final int BLOCK = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private ValueCipher() {}

  /**
   * An encrypted value.
   *
   * @param text base64
   * @param ivNonce base64 of the 16 bytes that the counter starts at
   */
  record Sealed(String text, String ivNonce) {}

  static Secret freshKey() {
    return Secret.owning(randomBytes(KEY_BYTES));
  }

  /** Encrypts under a random nonce. Two values under one key and nonce would show each other. */
  static Sealed seal(Secret key, String clear) {
    byte[] nonce = randomBytes(BLOCK);
    byte[] padded = pad(clear.getBytes(StandardCharsets.UTF_8));
    try {
      byte[] sealed = counterMode(key, nonce, padded);
      Base64.Encoder base64 = Base64.getEncoder();
      return new Sealed(base64.encodeToString(sealed), base64.encodeToString(nonce));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has AES-256-CTR", e);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  /**
   * Decrypts what any client sent; without a nonce the counter starts at zero, as older clients
   * have it.
   */
  static String open(Secret key, String sealed, Optional<String> ivNonce)
      throws GeneralSecurityException {
    byte[] nonce = ivNonce.isEmpty() ? new byte[BLOCK] : decode(ivNonce.get());
    if (nonce.length != BLOCK) {
      throw new GeneralSecurityException("its ivNonce has " + nonce.length + " bytes, not 16");
    }
    byte[] padded = counterMode(key, nonce, decode(sealed));
    try {
      int length = padded.length - padding(padded);
      return new String(padded, 0, length, StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(padded, (byte) 0);
    }
  }

  private static byte[] counterMode(Secret key, byte[] nonce, byte[] input)
      throws GeneralSecurityException {
    byte[] bytes = key.exposeSecretBytes();
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(bytes, "AES"), new IvParameterSpec(nonce));
      return cipher.doFinal(input);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] pad(byte[] clear) {
    int padding = BLOCK - clear.length % BLOCK;
    byte[] padded = Arrays.copyOf(clear, clear.length + padding);
    Arrays.fill(padded, clear.length, padded.length, (byte) padding);
    Arrays.fill(clear, (byte) 0);
    return padded;
  }

  /** Only the sender's key owner can ask this oracle, and learns nothing that it did not write. */
  private static int padding(byte[] padded) throws BadPaddingException {
    int length = padded.length == 0 ? 0 : padded[padded.length - 1];
    boolean right = length >= 1 && length <= BLOCK && length <= padded.length;
    for (int i = 1; right && i <= length; i++) {
      right = padded[padded.length - i] == length;
    }
    if (!right) {
      throw new BadPaddingException("it does not open with the key shared with its sender");
    }
    return length;
  }

  private static byte[] decode(String base64) throws GeneralSecurityException {
    try {
      return Base64.getDecoder().decode(base64.trim());
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it is not base64", e);
    }
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
