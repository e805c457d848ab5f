package org.noports.cipher.modern;

import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.jca.JcaAead;
import org.noports.api.cipher.jca.JcaRecordCipher;
import org.osgi.service.component.annotations.Component;

/** AES-256-GCM with a nonce of 96 and a tag of 128 bits (RFC 5116 5.2). */
@Component(
    service = RecordCipher.class,
    property = {
      RecordCipher.ALGORITHM + "=" + RecordCipher.AES_256_GCM,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class Aes256Gcm extends JcaRecordCipher {
  public Aes256Gcm() {
    super(JcaAead.gcm("AES", JdkEngine.CIPHERS, 32));
  }
}
