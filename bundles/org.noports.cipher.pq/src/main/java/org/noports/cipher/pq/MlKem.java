package org.noports.cipher.pq;

import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.noports.api.ProtocolViolation;

/**
 * ML-KEM (FIPS 203) with one of its parameter sets, as Bouncy Castle's light-weight API computes
 * it. What a peer sends is checked here, before anything is computed with it.
 *
 * @param parameters the set
 * @param publicKey bytes of a public key (FIPS 203, table 3)
 * @param ciphertext bytes of a ciphertext
 */
record MlKem(MLKEMParameters parameters, int publicKey, int ciphertext) {
  static final MlKem ML_KEM_768 = new MlKem(MLKEMParameters.ml_kem_768, 1184, 1088);
  static final MlKem ML_KEM_1024 = new MlKem(MLKEMParameters.ml_kem_1024, 1568, 1568);

  /** Bytes that a key pair is made of: d and z. */
  static final int SEED = 64;

  /** Bytes that an encapsulation is made of: m. */
  static final int RANDOM = 32;

  /** Bytes of rho, behind the coefficients of a public key. */
  private static final int RHO = 32;

  private static final int MODULUS = 3329;

  /** The private key of {@code seed}, which stays the caller's to wipe. */
  MLKEMPrivateKeyParameters privateKey(byte[] seed) {
    return new MLKEMPrivateKeyParameters(parameters, seed);
  }

  /**
   * A secret for the holder of a public key, made of {@code random}.
   *
   * @throws ProtocolViolation if the key is none
   */
  SecretWithEncapsulation encapsulate(byte[] key, byte[] random) throws ProtocolViolation {
    check(key);
    MLKEMPublicKeyParameters theirs = new MLKEMPublicKeyParameters(parameters, key);
    return MLKEMGenerator.internalGenerateEncapsulated(theirs, random);
  }

  /**
   * The secret that was encapsulated; another one that nobody knows, if it was changed on its way
   * (FIPS 203, algorithm 18).
   *
   * @throws ProtocolViolation if it has the wrong length
   */
  byte[] open(MLKEMPrivateKeyParameters key, byte[] encapsulated) throws ProtocolViolation {
    checkCiphertext(encapsulated);
    return new MLKEMExtractor(key).extractSecret(encapsulated);
  }

  /**
   * FIPS 203 7.2: the right length, and each coefficient written below the modulus. Beyond it: a
   * key of zeros alone would give a secret that everybody can open.
   */
  private void check(byte[] key) throws ProtocolViolation {
    if (key.length != publicKey) {
      throw new ProtocolViolation(
          "A public key of " + this + " has " + publicKey + " bytes, not " + key.length);
    }
    int any = 0;
    for (int at = 0; at < publicKey - RHO; at += 3) {
      int three = key[at] & 0xff | (key[at + 1] & 0xff) << 8 | (key[at + 2] & 0xff) << 16;
      if ((three & 0xfff) >= MODULUS || three >>> 12 >= MODULUS) {
        throw new ProtocolViolation(
            "A public key of " + this + " has a coefficient that is not below " + MODULUS);
      }
      any |= three;
    }
    if (any == 0) {
      throw new ProtocolViolation("A public key of " + this + " that gives no secret");
    }
  }

  private void checkCiphertext(byte[] encapsulated) throws ProtocolViolation {
    if (encapsulated.length != ciphertext) {
      throw new ProtocolViolation(
          "A ciphertext of " + this + " has " + ciphertext + " bytes, not " + encapsulated.length);
    }
  }

  @Override
  public String toString() {
    return parameters.getName();
  }
}
