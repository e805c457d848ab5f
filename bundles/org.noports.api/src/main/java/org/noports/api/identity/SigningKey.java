package org.noports.api.identity;

/**
 * One of an identity's key pairs that no quantum computer forges for, to be used but not seen.
 * Thread-safe; signing is a computation of about a millisecond and never blocks on I/O.
 */
public interface SigningKey {
  /**
   * Name of the {@link org.noports.api.cipher.SignatureAlgorithm} that verifies, which is also its
   * name on the wire.
   */
  String algorithm();

  /** The public half, in the form that the algorithm reads: base64. */
  String publicKey();

  /** A signature over {@code message}; no two are equal. */
  byte[] sign(byte[] message);

  /** SHA-256 fingerprint of the public half: what two people compare. */
  default Fingerprint fingerprint() {
    return Fingerprint.ofPublicKey(publicKey());
  }
}
