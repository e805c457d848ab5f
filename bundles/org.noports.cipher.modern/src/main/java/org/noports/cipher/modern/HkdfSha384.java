package org.noports.cipher.modern;

import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Component;

/** HKDF and HMAC with SHA-384 (FIPS 180-4). */
@Component(
    service = KeyDerivation.class,
    property = {
      KeyDerivation.ALGORITHM + "=" + KeyDerivation.SHA_384,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class HkdfSha384 extends Hkdf {
  public HkdfSha384() {
    super("SHA-384", "HmacSHA384", 48);
  }
}
