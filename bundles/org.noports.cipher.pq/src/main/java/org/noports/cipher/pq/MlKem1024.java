package org.noports.cipher.pq;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Component;

/** ML-KEM-1024 (FIPS 203) by itself. */
@Component(
    property = {
      KeyAgreement.ALGORITHM + "=" + KeyAgreement.ML_KEM_1024,
      PresentAlgorithm.ENGINE + "=BouncyCastle"
    })
public final class MlKem1024 implements KeyAgreement {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public KeyShare generate() {
    byte[] seed = new byte[MlKem.SEED];
    RANDOM.nextBytes(seed);
    return share(seed);
  }

  /** The share of {@code seed}, which is wiped. */
  static KeyShare share(byte[] seed) {
    MLKEMPrivateKeyParameters key = MlKem.ML_KEM_1024.privateKey(seed);
    Arrays.fill(seed, (byte) 0);
    return new SingleUseShare(key.getPublicKey(), new PrivateKey(key));
  }

  private record PrivateKey(MLKEMPrivateKeyParameters key) implements SingleUseShare.PrivateHalf {
    @Override
    public Secret open(byte[] encapsulated) throws ProtocolViolation {
      return Secret.owning(MlKem.ML_KEM_1024.open(key, encapsulated));
    }

    @Override
    public void wipe() {
      key.destroy();
    }

    @Override
    public String toString() {
      return "PrivateKey";
    }
  }

  @Override
  public Encapsulation encapsulate(byte[] publicKey) throws ProtocolViolation {
    byte[] random = new byte[MlKem.RANDOM];
    RANDOM.nextBytes(random);
    return encapsulate(publicKey, random);
  }

  /** The encapsulation that is made of {@code random}, which is wiped. */
  static Encapsulation encapsulate(byte[] publicKey, byte[] random) throws ProtocolViolation {
    try {
      SecretWithEncapsulation made = MlKem.ML_KEM_1024.encapsulate(publicKey, random);
      return new Encapsulation(made.getEncapsulation(), Secret.owning(made.getSecret()));
    } finally {
      Arrays.fill(random, (byte) 0);
    }
  }
}
