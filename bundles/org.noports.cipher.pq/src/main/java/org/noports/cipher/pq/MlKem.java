package org.noports.cipher.pq;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;

/**
 * ML-KEM (FIPS 203) with one of its parameter sets. What a peer sends is checked here, before
 * anything is computed with it.
 *
 * @param name the set's
 * @param publicKey bytes of a public key (FIPS 203, table 3)
 * @param ciphertext bytes of a ciphertext
 * @param engine who computes
 */
record MlKem(String name, int publicKey, int ciphertext, MlKemEngine engine) {
  static final String NAME_768 = "ML-KEM-768";
  static final String NAME_1024 = "ML-KEM-1024";

  /** Bytes that a key pair is made of: d and z. */
  static final int SEED = 64;

  /** Bytes that an encapsulation is made of: m. */
  static final int RANDOM = 32;

  /** Bytes of rho, behind the coefficients of a public key. */
  private static final int RHO = 32;

  private static final int MODULUS = 3329;

  static MlKem of768(MlKemEngine engine) {
    return new MlKem(NAME_768, 1184, 1088, engine);
  }

  static MlKem of1024(MlKemEngine engine) {
    return new MlKem(NAME_1024, 1568, 1568, engine);
  }

  /** The key pair of {@code seed}, which stays the caller's to wipe. */
  MlKemEngine.Pair pair(byte[] seed) throws CipherUnavailable {
    return engine.pair(this, seed);
  }

  /**
   * A secret for the holder of {@code key}, made of {@code random}.
   *
   * @throws ProtocolViolation if the key is none
   */
  MlKemEngine.Made encapsulate(byte[] key, byte[] random)
      throws CipherUnavailable, ProtocolViolation {
    checkKey(key);
    return engine.encapsulate(this, key, random);
  }

  /**
   * The secret that was encapsulated; another one that nobody knows, if it was changed on its way
   * (FIPS 203, algorithm 18).
   *
   * @throws ProtocolViolation if it has the wrong length
   */
  byte[] open(MlKemEngine.Pair pair, byte[] encapsulated)
      throws CipherUnavailable, ProtocolViolation {
    if (encapsulated.length != ciphertext) {
      throw new ProtocolViolation(
          "A ciphertext of " + name + " has " + ciphertext + " bytes, not " + encapsulated.length);
    }
    return pair.open(encapsulated);
  }

  /**
   * FIPS 203 7.2: the right length, and each coefficient written below the modulus. Beyond it: a
   * key of zeros alone would give a secret that everybody can open.
   */
  private void checkKey(byte[] key) throws ProtocolViolation {
    if (key.length != publicKey) {
      throw new ProtocolViolation(
          "A public key of " + name + " has " + publicKey + " bytes, not " + key.length);
    }
    int any = 0;
    for (int at = 0; at < publicKey - RHO; at += 3) {
      int three = key[at] & 0xff | (key[at + 1] & 0xff) << 8 | (key[at + 2] & 0xff) << 16;
      if ((three & 0xfff) >= MODULUS || three >>> 12 >= MODULUS) {
        throw new ProtocolViolation(
            "A public key of " + name + " has a coefficient that is not below " + MODULUS);
      }
      any |= three;
    }
    if (any == 0) {
      throw new ProtocolViolation("A public key of " + name + " that gives no secret");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
