package org.noports.cipher.modern;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.osgi.service.component.annotations.Component;

/** AES-256-GCM with a nonce of 96 and a tag of 128 bits (RFC 5116 5.2). */
@Component(
    property = {
      RecordCipher.ALGORITHM + "=" + RecordCipher.AES_256_GCM,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class Aes256Gcm implements RecordCipher {
  private static final RecordEngine.Algorithm ALGORITHM =
      new RecordEngine.Algorithm(
          "AES/GCM/NoPadding", "AES", nonce -> new GCMParameterSpec(8 * RecordEngine.TAG, nonce));

  @Override
  public int keyLength() {
    return RecordEngine.KEY;
  }

  @Override
  public int nonceLength() {
    return RecordEngine.NONCE;
  }

  @Override
  public int tagLength() {
    return RecordEngine.TAG;
  }

  @Override
  public RecordSeal sealing(Secret key) throws CipherUnavailable {
    return new JdkRecordSeal(new RecordEngine(ALGORITHM, Cipher.ENCRYPT_MODE, key));
  }

  @Override
  public RecordOpen opening(Secret key) throws CipherUnavailable {
    return new JdkRecordOpen(new RecordEngine(ALGORITHM, Cipher.DECRYPT_MODE, key));
  }
}
