package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Gives two ends a secret that nobody who only listens learns, now or later; it proves to neither
 * who the other is: the signatures around it do. Shaped as a KEM: one end makes a {@link KeyShare},
 * the other encapsulates to it.
 *
 * <p>A plug-in: register it with the property {@link #ALGORITHM}. Thread-safe.
 */
@ConsumerType
public interface KeyAgreement {
  /** Service property: the algorithm's name, for example {@link #X25519}. */
  String ALGORITHM = "noports.cipher.key-agreement";

  /**
   * X25519 (RFC 7748) as a KEM: the encapsulation is a fresh public key, the secret the bare shared
   * coordinate. Whoever uses it binds both public values by the transcript. 32 bytes each.
   */
  String X25519 = "x25519";

  /** X-Wing: X25519 with ML-KEM-768, secret while either of them stands. */
  String X_WING = "x-wing";

  /** A fresh share, to be used once. */
  KeyShare generate() throws CipherUnavailable;

  /**
   * Makes a secret that the holder of {@code publicKey}'s private half can open.
   *
   * @throws ProtocolViolation if the key has the wrong length, or gives a secret that is no secret
   *     (for X25519 the all-zero one, RFC 7748 6.1)
   */
  Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation;
}
