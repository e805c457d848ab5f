package org.noports.cipher.pq;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * X-Wing (draft-connolly-cfrg-xwing-kem-10): ML-KEM-768 and X25519, both secrets hashed into one.
 * Beyond the draft, a point that gives the all-zero coordinate is refused: honest ends send none.
 */
@Component(
    property = {
      KeyAgreement.ALGORITHM + "=" + KeyAgreement.X_WING,
      PresentAlgorithm.ENGINE + "=BouncyCastle, its lattice by SunJCE where that has it"
    })
public final class XWing implements KeyAgreement {
  /** Bytes that a key pair is made of. */
  static final int SEED = 32;

  /** Bytes that an encapsulation is made of. */
  static final int ENCAPSULATION_SEED = MlKem.RANDOM + X25519Half.LENGTH;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET = 32;

  /** The draft's drawing of a fighter seen from above; last in what is hashed. */
  private static final byte[] LABEL = "\\.//^\\".getBytes(US_ASCII);

  private final MlKem lattice;

  @Activate
  public XWing() {
    this(MlKemEngine.best());
  }

  XWing(MlKemEngine engine) {
    this.lattice = MlKem.of768(engine);
  }

  @Override
  public KeyShare generate() throws CipherUnavailable {
    return share(random(SEED));
  }

  @Override
  public KeyShare restore(Secret seed) throws CipherUnavailable {
    return share(SingleUseShare.seed("X-Wing", seed, SEED));
  }

  /** The share of {@code seed}, which is wiped. */
  KeyShare share(byte[] seed) throws CipherUnavailable {
    byte[] expanded = new byte[MlKem.SEED + X25519Half.LENGTH];
    SHAKEDigest shake = new SHAKEDigest(256);
    shake.update(seed, 0, seed.length);
    shake.doFinal(expanded, 0, expanded.length);
    byte[] forMlKem = Arrays.copyOf(expanded, MlKem.SEED);
    byte[] scalar = from(expanded, MlKem.SEED);
    wipe(seed, expanded);
    try {
      MlKemEngine.Pair pair = lattice.pair(forMlKem);
      byte[] point = X25519Half.publicKey(scalar);
      return new SingleUseShare(
          joined(pair.publicKey(), point), new BothHalves(lattice, pair, scalar, point));
    } finally {
      wipe(forMlKem);
    }
  }

  /** Both private keys of a share, and the public one that is hashed. */
  private record BothHalves(MlKem lattice, MlKemEngine.Pair pair, byte[] scalar, byte[] point)
      implements SingleUseShare.PrivateHalf {
    @Override
    public Secret open(byte[] encapsulated) throws ProtocolViolation, CipherUnavailable {
      check("An encapsulation", lattice.ciphertext(), encapsulated);
      byte[] theirs = from(encapsulated, lattice.ciphertext());
      byte[] classical = X25519Half.agree(scalar, theirs);
      byte[] opened = lattice.open(pair, Arrays.copyOf(encapsulated, lattice.ciphertext()));
      return combined(opened, classical, theirs, point);
    }

    @Override
    public void wipe() {
      XWing.wipe(scalar);
      pair.wipe();
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
  Encapsulation encapsulate(byte[] publicKey, byte[] seed)
      throws CipherUnavailable, ProtocolViolation {
    byte[] forMlKem = Arrays.copyOf(seed, MlKem.RANDOM);
    byte[] scalar = from(seed, MlKem.RANDOM);
    try {
      check("A public key", lattice.publicKey(), publicKey);
      byte[] theirs = from(publicKey, lattice.publicKey());
      MlKemEngine.Made made =
          lattice.encapsulate(Arrays.copyOf(publicKey, lattice.publicKey()), forMlKem);
      byte[] ours = X25519Half.publicKey(scalar);
      byte[] classical = X25519Half.agree(scalar, theirs);
      return new Encapsulation(
          joined(made.ciphertext(), ours), combined(made.secret(), classical, ours, theirs));
    } finally {
      wipe(seed, forMlKem, scalar);
    }
  }

  /** ML-KEM's part, and a point behind it. */
  private static void check(String what, int part, byte[] bytes) throws ProtocolViolation {
    int length = part + X25519Half.LENGTH;
    if (bytes.length != length) {
      throw new ProtocolViolation(
          what + " of X-Wing has " + length + " bytes, not " + bytes.length);
    }
  }

  /** The draft's combiner; wipes both secrets. */
  private static Secret combined(
      byte[] opened, byte[] classical, byte[] encapsulated, byte[] point) {
    SHA3Digest hash = new SHA3Digest(8 * SECRET);
    for (byte[] part : new byte[][] {opened, classical, encapsulated, point, LABEL}) {
      hash.update(part, 0, part.length);
    }
    byte[] secret = new byte[SECRET];
    hash.doFinal(secret, 0);
    wipe(opened, classical);
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
