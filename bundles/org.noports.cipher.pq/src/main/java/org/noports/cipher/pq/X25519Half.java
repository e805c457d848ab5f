package org.noports.cipher.pq;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.noports.api.ProtocolViolation;

/**
 * X25519 (RFC 7748) on raw scalars and coordinates of 32 bytes: the classical half of {@link
 * XWing}. Bouncy Castle computes it, in constant time: a public key in a sixth and a secret in half
 * of the processor time that JDK 17 and 25 take.
 */
final class X25519Half {
  /** Bytes of a scalar, of a public key and of a secret. */
  static final int LENGTH = 32;

  private X25519Half() {}

  /** The public key of a scalar. */
  static byte[] publicKey(byte[] scalar) {
    byte[] point = new byte[LENGTH];
    X25519.scalarMultBase(scalar, 0, point, 0);
    return point;
  }

  /**
   * The shared coordinate; the caller wipes it.
   *
   * @throws ProtocolViolation if the point gives the all-zero one
   */
  static byte[] agree(byte[] scalar, byte[] point) throws ProtocolViolation {
    byte[] shared = new byte[LENGTH];
    if (!X25519.calculateAgreement(scalar, 0, point, 0, shared, 0)) {
      throw new ProtocolViolation("A public key of X25519 that gives no secret");
    }
    return shared;
  }
}
