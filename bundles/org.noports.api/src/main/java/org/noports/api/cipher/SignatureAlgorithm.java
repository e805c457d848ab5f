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
   * Whether {@code signature} is by {@code publicKey} (base64 X.509) over {@code message}. False
   * also for a key or signature that cannot be read.
   */
  boolean verifies(String publicKey, byte[] message, byte[] signature) throws CipherUnavailable;
}
