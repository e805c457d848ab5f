package org.noports.cipher.classic;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.osgi.service.component.annotations.Component;

/** AES-256 in counter mode with a 128-bit big-endian counter (docs/protocol/noports.md 4.5). */
@Component(
    property = {
      StreamCipher.ALGORITHM + "=" + StreamCipher.AES_256_CTR,
      PresentAlgorithm.ENGINE + "=" + JdkEngine.CIPHERS
    })
public final class Aes256Ctr implements StreamCipher {
  private static final String TRANSFORMATION = "AES/CTR/NoPadding";
  private static final int KEY = 32;
  private static final int BLOCK = 16;

  @Override
  public int keyLength() {
    return KEY;
  }

  @Override
  public int ivLength() {
    return BLOCK;
  }

  @Override
  public KeyStream start(Secret key, byte[] iv) throws CipherUnavailable {
    if (key.length() != KEY || iv.length != BLOCK) {
      throw new IllegalArgumentException(
          "AES-256-CTR has a key of 32 and an IV of 16 bytes, not "
              + key.length()
              + " and "
              + iv.length);
    }
    Cipher cipher =
        JdkEngine.get(
            JdkEngine.CIPHERS,
            provider -> Cipher.getInstance(TRANSFORMATION, provider),
            () -> Cipher.getInstance(TRANSFORMATION));
    byte[] clear = key.exposeSecretBytes();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(clear, "AES"), new IvParameterSpec(iv));
      return new CtrKeyStream(cipher);
    } catch (GeneralSecurityException e) {
      throw new CipherUnavailable("This JDK cannot compute AES-256-CTR: " + e.getMessage(), e);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }
}
