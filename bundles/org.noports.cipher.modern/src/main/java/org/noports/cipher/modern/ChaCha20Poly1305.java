package org.noports.cipher.modern;

import javax.crypto.spec.IvParameterSpec;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.jca.JcaAead;
import org.noports.api.cipher.jca.JcaRecordCipher;
import org.osgi.service.component.annotations.Component;

/** ChaCha20-Poly1305 (RFC 8439 2.8). */
@Component(
    service = RecordCipher.class,
    property = {
      RecordCipher.ALGORITHM + "=" + RecordCipher.CHACHA20_POLY1305,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class ChaCha20Poly1305 extends JcaRecordCipher {
  public ChaCha20Poly1305() {
    super(
        new JcaAead(
            "ChaCha20-Poly1305", "ChaCha20", JdkEngine.CIPHERS, 32, 12, 16, IvParameterSpec::new));
  }
}
