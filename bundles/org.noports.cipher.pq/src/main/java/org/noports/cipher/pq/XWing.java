package org.noports.cipher.pq;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Component;

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem-10): ML-KEM-768 and X25519, both secrets hashed into one.
 * Beyond the draft, a point that gives the all-zero coordinate is refused: honest ends send none.
 */
@Component(
    property = {
      KeyAgreement.ALGORITHM + "=" + KeyAgreement.X_WING,
      PresentAlgorithm.ENGINE + "=BouncyCastle and SunEC"
    })
public final class XWing implements KeyAgreement {
  /** Bytes that a key pair is made of. */
  static final int SEED = 32;

  /** Bytes that an encapsulation is made of. */
  static final int ENCAPSULATION_SEED = MlKem.RANDOM + X25519Half.LENGTH;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final MlKem ML_KEM = MlKem.ML_KEM_768;
  private static final int PUBLIC_KEY = ML_KEM.publicKey() + X25519Half.LENGTH;
  private static final int ENCAPSULATED = ML_KEM.ciphertext() + X25519Half.LENGTH;
  private static final int SECRET = 32;

  /** The draft's drawing of a fighter seen from above; last in what is hashed. */
  private static final byte[] LABEL = "\\.//^\\".getBytes(US_ASCII);

  @Override
  public KeyShare generate() throws CipherUnavailable {
    return share(random(SEED));
  }

  /** The share of {@code seed}, which is wiped. */
  static KeyShare share(byte[] seed) throws CipherUnavailable {
    byte[] expanded = new byte[MlKem.SEED + X25519Half.LENGTH];
    SHAKEDigest shake = new SHAKEDigest(256);
    shake.update(seed, 0, seed.length);
    shake.doFinal(expanded, 0, expanded.length);
    byte[] forMlKem = Arrays.copyOf(expanded, MlKem.SEED);
    byte[] scalar = from(expanded, MlKem.SEED);
    wipe(seed, expanded);
    try {
      MLKEMPrivateKeyParameters key = ML_KEM.privateKey(forMlKem);
      byte[] point = X25519Half.publicKey(scalar);
      return new SingleUseShare(
          joined(key.getPublicKey(), point), new BothHalves(key, scalar, point));
    } finally {
      wipe(forMlKem);
    }
  }

  /** Both private keys of a share, and the public one that is hashed. */
  private record BothHalves(MLKEMPrivateKeyParameters key, byte[] scalar, byte[] point)
      implements SingleUseShare.PrivateHalf {
    @Override
    public Secret open(byte[] encapsulated) throws ProtocolViolation, CipherUnavailable {
      check("An encapsulation", ENCAPSULATED, encapsulated);
      byte[] theirs = from(encapsulated, ML_KEM.ciphertext());
      byte[] classical = X25519Half.agree(scalar, theirs);
      byte[] lattice = ML_KEM.open(key, Arrays.copyOf(encapsulated, ML_KEM.ciphertext()));
      return combined(lattice, classical, theirs, point);
    }

    @Override
    public void wipe() {
      XWing.wipe(scalar);
      key.destroy();
    }

    @Override
    public String toString() {
      return "BothHalves";
    }
  }

  @Override
  public Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation {
    return encapsulate(publicKey, random(ENCAPSULATION_SEED));
  }

  /** The encapsulation that is made of {@code seed}, which is wiped. */
  static Encapsulation encapsulate(byte[] publicKey, byte[] seed)
      throws CipherUnavailable, ProtocolViolation {
    byte[] forMlKem = Arrays.copyOf(seed, MlKem.RANDOM);
    byte[] scalar = from(seed, MlKem.RANDOM);
    try {
      check("A public key", PUBLIC_KEY, publicKey);
      byte[] theirs = from(publicKey, ML_KEM.publicKey());
      SecretWithEncapsulation lattice =
          ML_KEM.encapsulate(Arrays.copyOf(publicKey, ML_KEM.publicKey()), forMlKem);
      byte[] ours = X25519Half.publicKey(scalar);
      byte[] classical = X25519Half.agree(scalar, theirs);
      return new Encapsulation(
          joined(lattice.getEncapsulation(), ours),
          combined(lattice.getSecret(), classical, ours, theirs));
    } finally {
      wipe(seed, forMlKem, scalar);
    }
  }

  private static void check(String what, int length, byte[] bytes) throws ProtocolViolation {
    if (bytes.length != length) {
      throw new ProtocolViolation(
          what + " of X-Wing has " + length + " bytes, not " + bytes.length);
    }
  }

  /** The draft's combiner; wipes both secrets. */
  private static Secret combined(
      byte[] lattice, byte[] classical, byte[] encapsulated, byte[] point) {
    SHA3Digest hash = new SHA3Digest(8 * SECRET);
    for (byte[] part : new byte[][] {lattice, classical, encapsulated, point, LABEL}) {
      hash.update(part, 0, part.length);
    }
    byte[] secret = new byte[SECRET];
    hash.doFinal(secret, 0);
    wipe(lattice, classical);
    return Secret.owning(secret);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] from(byte[] bytes, int start) {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
