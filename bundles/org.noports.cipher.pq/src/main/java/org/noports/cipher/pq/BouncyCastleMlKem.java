package org.noports.cipher.pq;

import java.util.Map;
import javax.security.auth.DestroyFailedException;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** ML-KEM as Bouncy Castle's light-weight API computes it, on every JDK. */
final class BouncyCastleMlKem implements MlKemEngine {
  private static final Map<String, MLKEMParameters> PARAMETERS =
      Map.of(
          MlKem.NAME_768, MLKEMParameters.ml_kem_768,
          MlKem.NAME_1024, MLKEMParameters.ml_kem_1024);

  @Override
  public Pair pair(MlKem set, byte[] seed) {
    return new Keys(new MLKEMPrivateKeyParameters(PARAMETERS.get(set.name()), seed));
  }

  private record Keys(MLKEMPrivateKeyParameters key) implements Pair {
    @Override
    public byte[] publicKey() {
      return key.getPublicKey();
    }

    @Override
    public byte[] open(byte[] ciphertext) {
      return new MLKEMExtractor(key).extractSecret(ciphertext);
    }

    @Override
    public void wipe() {
      key.destroy();
    }

    @Override
    public String toString() {
      return "Keys";
    }
  }

  @Override
  public Made encapsulate(MlKem set, byte[] publicKey, byte[] random) {
    MLKEMPublicKeyParameters theirs =
        new MLKEMPublicKeyParameters(PARAMETERS.get(set.name()), publicKey);
    return taken(MLKEMGenerator.internalGenerateEncapsulated(theirs, random));
  }

  /** Both getters copy: what stays behind is wiped. */
  static Made taken(SecretWithEncapsulation made) {
    try {
      return new Made(made.getEncapsulation(), made.getSecret());
    } finally {
      wipe(made);
    }
  }

  private static void wipe(SecretWithEncapsulation made) {
    try {
      made.destroy();
    } catch (DestroyFailedException e) {
      throw new IllegalStateException("A shared secret of ML-KEM cannot be wiped", e);
    }
  }

  @Override
  public String toString() {
    return "BouncyCastle";
  }
}
