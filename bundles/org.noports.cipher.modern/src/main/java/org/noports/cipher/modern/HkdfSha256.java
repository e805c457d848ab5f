package org.noports.cipher.modern;

import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.PresentAlgorithm;
import org.osgi.service.component.annotations.Component;

/** HKDF and HMAC with SHA-256 (FIPS 180-4). */
@Component(
    service = KeyDerivation.class,
    property = {
      KeyDerivation.ALGORITHM + "=" + KeyDerivation.SHA_256,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class HkdfSha256 extends Hkdf {
  public HkdfSha256() {
    super("SHA-256", "HmacSHA256", 32);
  }
}
