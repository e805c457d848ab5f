package org.noports.cipher.modern;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.osgi.service.component.annotations.Component;

/** ChaCha20-Poly1305 (RFC 8439 2.8). */
@Component(
    property = {
      RecordCipher.ALGORITHM + "=" + RecordCipher.CHACHA20_POLY1305,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class ChaCha20Poly1305 implements RecordCipher {
  private static final RecordEngine.Algorithm ALGORITHM =
      new RecordEngine.Algorithm("ChaCha20-Poly1305", "ChaCha20", IvParameterSpec::new);

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
