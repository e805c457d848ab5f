package org.noports.cipher.classic;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.SignatureAlgorithm;
import org.osgi.service.component.annotations.Component;

/** RSASSA-PKCS1-v1_5 with SHA-256 and 2048 bits (docs/protocol/noports.md 2.5). */
@Component(
    property = {
      SignatureAlgorithm.ALGORITHM + "=" + SignatureAlgorithm.RSA_2048_SHA_256,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.RSA
    })
public final class Rsa2048Sha256 implements SignatureAlgorithm {
  private static final String NAME = "SHA256withRSA";

  @Override
  public boolean verifies(String publicKey, byte[] message, byte[] signature)
      throws CipherUnavailable {
    Optional<RSAPublicKey> key = RsaKeys.read(publicKey);
    if (key.isEmpty()) {
      return false;
    }
    Signature verifier =
        JdkEngine.get(
            JdkEngine.RSA,
            provider -> Signature.getInstance(NAME, provider),
            () -> Signature.getInstance(NAME));
    try {
      verifier.initVerify(key.get());
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // The JDK's way to say that the bytes are no signature at all.
      return false;
    }
  }
}
