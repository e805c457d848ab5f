package org.noports.cipher.classic;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.Cipher;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * RSAES-PKCS1-v1_5 with 2048 bits: how the device hands session keys to the client
 * (docs/protocol/noports.md section 3). One key pair is always ready, because making one takes
 * about 100 ms.
 */
@Component(
    property = {
      KeyTransport.ALGORITHM + "=" + KeyTransport.RSA_2048,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class Rsa2048KeyTransport implements KeyTransport {
  private static final String TRANSFORMATION = "RSA/ECB/PKCS1Padding";

  private final KeyPairSupply supply = new KeyPairSupply();

  @Activate
  public Rsa2048KeyTransport() {
    supply.refill();
  }

  @Deactivate
  void deactivate() {
    supply.close();
  }

  @Override
  public EphemeralKey generate() throws CipherUnavailable {
    return new RsaEphemeralKey(supply.take());
  }

  @Override
  public byte[] wrap(String publicKey, byte[] clear) throws CipherUnavailable, ProtocolViolation {
    RSAPublicKey key =
        RsaKeys.read(publicKey)
            .orElseThrow(
                () ->
                    new ProtocolViolation(
                        "The key to wrap for is not an RSA key of 2048 bits in base64 X.509"));
    try {
      return cipher(Cipher.ENCRYPT_MODE, key).doFinal(clear);
    } catch (GeneralSecurityException e) {
      throw new ProtocolViolation(
          "A secret of " + clear.length + " bytes does not fit an RSA-2048 key", e);
    }
  }

  static Cipher cipher(int mode, Key key) throws CipherUnavailable, GeneralSecurityException {
    Cipher cipher =
        JdkEngine.get(
            JdkEngine.CIPHERS,
            provider -> Cipher.getInstance(TRANSFORMATION, provider),
            () -> Cipher.getInstance(TRANSFORMATION));
    cipher.init(mode, key);
    return cipher;
  }
}
