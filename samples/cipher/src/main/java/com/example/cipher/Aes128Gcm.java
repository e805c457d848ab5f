package com.example.cipher;

import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.jca.JcaAead;
import org.noports.api.cipher.jca.JcaRecordCipher;
import org.osgi.service.component.annotations.Component;

/** AEAD_AES_128_GCM (RFC 5116 5.1), computed by the JDK. */
@Component(
    service = RecordCipher.class,
    property = {
      RecordCipher.ALGORITHM + "=" + Aes128Gcm.NAME,
      PresentAlgorithm.ENGINE + "=" + Aes128Gcm.ENGINE
    })
public final class Aes128Gcm extends JcaRecordCipher {
  static final String NAME = "aes128gcm";
  static final String ENGINE = "SunJCE";

  public Aes128Gcm() {
    super(JcaAead.gcm("AES", ENGINE, 16));
  }
}
