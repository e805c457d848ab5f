package org.noports.cipher.classic;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.noports.api.CipherUnavailable;

/** Reads public keys as they travel: base64 of the X.509 form, RSA with 2048 bits. */
final class RsaKeys {
  static final int BITS = 2048;

  private RsaKeys() {}

  /** Empty if the text is anything else. */
  static Optional<RSAPublicKey> read(String publicKey) throws CipherUnavailable {
    KeyFactory factory =
        JdkEngine.get(
            JdkEngine.RSA,
            provider -> KeyFactory.getInstance("RSA", provider),
            () -> KeyFactory.getInstance("RSA"));
    try {
      byte[] encoded = Base64.getDecoder().decode(publicKey.trim());
      return factory.generatePublic(new X509EncodedKeySpec(encoded)) instanceof RSAPublicKey rsa
              && rsa.getModulus().bitLength() == BITS
          ? Optional.of(rsa)
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
