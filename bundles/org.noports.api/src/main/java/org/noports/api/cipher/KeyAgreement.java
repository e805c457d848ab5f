package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
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

  /**
   * X-Wing (draft-connolly-cfrg-xwing-kem-10): X25519 with ML-KEM-768, secret while either of them
   * stands. A share has 1,216, an encapsulation 1,120, a secret 32 bytes.
   */
  String X_WING = "x-wing";

  /**
   * ML-KEM-1024 alone (FIPS 203), of NIST's category 5: no secret if lattices fall. A share has
   * 1,568, an encapsulation 1,568, a secret 32 bytes.
   */
  String ML_KEM_1024 = "mlkem1024";

  /** A fresh share, to be used once. */
  KeyShare generate() throws CipherUnavailable;

  /**
   * The share whose private half is made of {@code seed}: for a public key that is published and
   * outlives one exchange. The share opens once like any other; whoever needs it again restores it
   * again. Secrets of such exchanges are lost with the seed: it gives no forward secrecy.
   *
   * @param seed stays the caller's; X-Wing has 32 bytes (the draft's 5.2), ML-KEM 64 (FIPS 203: d,
   *     then z)
   * @throws CipherUnavailable if the algorithm has no such seeds, or they have another length
   */
  default KeyShare restore(Secret seed) throws CipherUnavailable {
    throw new CipherUnavailable(
        "This key agreement makes no key of a seed of " + seed.length() + " bytes");
  }

  /**
   * Makes a secret that the holder of {@code publicKey}'s private half can open.
   *
   * @throws ProtocolViolation if the key has the wrong length, is not written as its standard
   *     demands (for ML-KEM the modulus check, FIPS 203 7.2), or gives a secret that is no secret
   *     (for X25519 the all-zero one, RFC 7748 6.1)
   */
  Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation;
}
