package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;

/**
 * The AES-256 key of the values from one writer to one reader.
 *
 * @param secret 32 bytes
 * @param kid what values name it by
 */
record ContentKey(Secret secret, String kid) {
  private static final int KID_DIGITS = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  ContentKey {
    requireNonNull(secret, "secret is null");
    requireNonNull(kid, "kid is null");
  }

  static ContentKey fresh() {
    byte[] bytes = new byte[HpkeAead.KEY];
    RANDOM.nextBytes(bytes);
    return new ContentKey(Secret.owning(bytes), kid(bytes));
  }

  /**
   * The key that was conveyed under a name.
   *
   * @throws ProtocolViolation if it is another one, or none
   */
  static ContentKey named(String kid, Secret secret) throws ProtocolViolation {
    byte[] bytes = secret.exposeSecretBytes();
    try {
      if (bytes.length != HpkeAead.KEY || !kid(bytes).equals(kid)) {
        throw new ProtocolViolation("What was conveyed as content key " + kid + " is another one");
      }
      return new ContentKey(secret, kid);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The first 16 hexadecimal digits of SHA-256: the name of any key. */
  static String kid(byte[] key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(hash).substring(0, KID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ContentKey[" + kid + "]";
  }
}
