package org.noports.cipher.pq;

import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.SignatureAlgorithm;
import org.osgi.service.component.annotations.Component;

/**
 * ML-DSA-65 as FIPS 204 has it: pure, not pre-hashed, with an empty context. A public key travels
 * as base64 of its 1952 bytes, without an X.509 frame around it.
 */
@Component(
    property = {
      SignatureAlgorithm.ALGORITHM + "=" + SignatureAlgorithm.ML_DSA_65,
      PresentAlgorithm.ENGINE + "=BouncyCastle"
    })
public final class MlDsa65 implements SignatureAlgorithm {
  /** Bytes of a public key (FIPS 204, table 2). */
  static final int PUBLIC_KEY = 1952;

  /** Bytes of a signature. */
  static final int SIGNATURE = 3309;

  @Override
  public boolean verifies(String publicKey, byte[] message, byte[] signature) {
    return signature.length == SIGNATURE
        && key(publicKey).filter(key -> verifies(key, message, signature)).isPresent();
  }

  private static boolean verifies(MLDSAPublicKeyParameters key, byte[] message, byte[] signature) {
    MLDSASigner verifier = new MLDSASigner();
    verifier.init(false, key);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  private static Optional<MLDSAPublicKeyParameters> key(String text) {
    try {
      byte[] encoded = Base64.getDecoder().decode(text.trim());
      return encoded.length == PUBLIC_KEY
          ? Optional.of(new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, encoded))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      // Neither base64 nor a key.
      return Optional.empty();
    }
  }
}
