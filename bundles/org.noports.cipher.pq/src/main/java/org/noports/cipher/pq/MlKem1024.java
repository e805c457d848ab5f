package org.noports.cipher.pq;

import java.security.SecureRandom;
import java.util.Arrays;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** ML-KEM-1024 (FIPS 203) by itself. */
@Component(
    property = {
      KeyAgreement.ALGORITHM + "=" + KeyAgreement.ML_KEM_1024,
      PresentAlgorithm.ENGINE + "=SunJCE or BouncyCastle"
    })
public final class MlKem1024 implements KeyAgreement {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final MlKem set;

  @Activate
  public MlKem1024() {
    this(MlKemEngine.best());
  }

  MlKem1024(MlKemEngine engine) {
    this.set = MlKem.of1024(engine);
  }

  @Override
  public KeyShare generate() throws CipherUnavailable {
    byte[] seed = new byte[MlKem.SEED];
    RANDOM.nextBytes(seed);
    return share(seed);
  }

  @Override
  public KeyShare restore(Secret seed) throws CipherUnavailable {
    return share(SingleUseShare.seed(MlKem.NAME_1024, seed, MlKem.SEED));
  }

  /** The share of {@code seed}, which is wiped. */
  KeyShare share(byte[] seed) throws CipherUnavailable {
    try {
      MlKemEngine.Pair pair = set.pair(seed);
      return new SingleUseShare(pair.publicKey(), new PrivateKey(set, pair));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  private record PrivateKey(MlKem set, MlKemEngine.Pair pair)
      implements SingleUseShare.PrivateHalf {
    @Override
    public Secret open(byte[] encapsulated) throws CipherUnavailable, ProtocolViolation {
      return Secret.owning(set.open(pair, encapsulated));
    }

    @Override
    public void wipe() {
      pair.wipe();
    }
  }

  @Override
  public Encapsulation encapsulate(byte[] publicKey) throws CipherUnavailable, ProtocolViolation {
    byte[] random = new byte[MlKem.RANDOM];
    RANDOM.nextBytes(random);
    return encapsulate(publicKey, random);
  }

  /** The encapsulation that is made of {@code random}, which is wiped. */
  Encapsulation encapsulate(byte[] publicKey, byte[] random)
      throws CipherUnavailable, ProtocolViolation {
    try {
      MlKemEngine.Made made = set.encapsulate(publicKey, random);
      return new Encapsulation(made.ciphertext(), Secret.owning(made.secret()));
    } finally {
      Arrays.fill(random, (byte) 0);
    }
  }
}
