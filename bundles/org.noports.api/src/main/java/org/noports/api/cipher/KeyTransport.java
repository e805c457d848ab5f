package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries a short secret to the holder of a key pair: only that holder can open it; who sent it is
 * not proven. A plug-in: register it with the property {@link #ALGORITHM}. Thread-safe.
 */
@ConsumerType
public interface KeyTransport {
  /** Service property: the algorithm's name, for example {@link #RSA_2048}. */
  String ALGORITHM = "noports.cipher.key-transport";

  /** RSAES-PKCS1-v1_5 with a 2048-bit key, as NoPorts names it on the wire. */
  String RSA_2048 = "rsa2048";

  /** A fresh key pair for one session; may take about 100 ms. */
  EphemeralKey generate() throws CipherUnavailable;

  /**
   * Wraps {@code clear} for the holder of {@code publicKey}, base64 X.509.
   *
   * @throws ProtocolViolation if the key is not one of this algorithm
   */
  byte[] wrap(String publicKey, byte[] clear) throws CipherUnavailable, ProtocolViolation;
}
