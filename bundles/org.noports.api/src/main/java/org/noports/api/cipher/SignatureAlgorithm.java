package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Proves that the holder of a key pair said exactly these bytes; not when, nor to whom. Verifies
 * only: signing is done where the private keys are ({@link org.noports.api.identity.Identity}).
 *
 * <p>A plug-in: register it with the property {@link #ALGORITHM}. Thread-safe.
 */
@ConsumerType
public interface SignatureAlgorithm {
  /** Service property: the algorithm's name, for example {@link #RSA_2048_SHA_256}. */
  String ALGORITHM = "noports.cipher.signature";

  /** RSASSA-PKCS1-v1_5 with SHA-256 and a 2048-bit key (noports.md 2.5). */
  String RSA_2048_SHA_256 = "rsa2048-sha256";

  /**
   * Pure ML-DSA-65 with an empty context (FIPS 204), as atServers name it. A public key is base64
   * of its 1952 bytes, not of an X.509 form.
   */
  String ML_DSA_65 = "mldsa65";

  /**
   * Whether {@code signature} is by {@code publicKey} over {@code message}; the key is base64 of
   * its X.509 form unless the algorithm says otherwise. False also for a key or signature that
   * cannot be read.
   */
  boolean verifies(String publicKey, byte[] message, byte[] signature) throws CipherUnavailable;
}
