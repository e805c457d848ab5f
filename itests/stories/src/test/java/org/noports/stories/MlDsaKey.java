package org.noports.stories;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** An authentication key of the new generation of programs, as it travels. */
final class MlDsaKey {
  private final AsymmetricCipherKeyPair pair;

  MlDsaKey() {
    MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
    generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), MLDSAParameters.ml_dsa_65));
    pair = generator.generateKeyPair();
  }

  String publicKey() {
    return base64(((MLDSAPublicKeyParameters) pair.getPublic()).getEncoded());
  }

  String sign(String text) throws CryptoException {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, pair.getPrivate());
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    signer.update(message, 0, message.length);
    return base64(signer.generateSignature());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
