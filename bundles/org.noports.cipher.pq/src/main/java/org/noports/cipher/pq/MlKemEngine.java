package org.noports.cipher.pq;

import org.noports.api.CipherUnavailable;

/**
 * Who computes ML-KEM. What it is given was checked by {@link MlKem}; seeds stay the caller's,
 * secrets that come out are the caller's to wipe.
 */
interface MlKemEngine {
  /** The JDK where it can, because it is faster; else Bouncy Castle. */
  static MlKemEngine best() {
    return JdkMlKem.isHere() ? new JdkMlKem() : new BouncyCastleMlKem();
  }

  /** The key pair that is made of {@code seed}: d, then z. */
  Pair pair(MlKem set, byte[] seed) throws CipherUnavailable;

  /** What is made for a public key of {@code random}: m. */
  Made encapsulate(MlKem set, byte[] publicKey, byte[] random) throws CipherUnavailable;

  /** A key pair. */
  interface Pair {
    byte[] publicKey();

    /** The secret; another one that nobody knows, if it was changed on its way. */
    byte[] open(byte[] ciphertext) throws CipherUnavailable;

    /** Overwrites the private key. */
    void wipe();
  }

  /**
   * An encapsulation.
   *
   * @param ciphertext for the key's owner
   * @param secret for us
   */
  record Made(byte[] ciphertext, byte[] secret) {
    @Override
    public String toString() {
      return "Made";
    }
  }
}
