package org.noports.tunnel;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.AlgorithmHandle;
import org.noports.api.cipher.Held;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.api.cipher.StreamCipher;

/** AES-256-CTR straight from the JDK, which a test can take away. */
final class JdkAes implements StreamCipher, AlgorithmHandle<StreamCipher> {
  final Provider provider =
      new Provider(
          System.identityHashCode(this),
          new PresentAlgorithm(PresentAlgorithm.STREAM, AES_256_CTR, "bundle.aes 1", "JDK", true));
  private volatile boolean present = true;

  @Override
  public Held<StreamCipher> held() throws CipherUnavailable {
    if (!present) {
      throw new CipherUnavailable("The stream algorithm 'aes-256-ctr' is not present here");
    }
    return new Held<>(provider, this);
  }

  void present(boolean now) {
    present = now;
  }

  @Override
  public int keyLength() {
    return 32;
  }

  @Override
  public int ivLength() {
    return 16;
  }

  @Override
  public KeyStream start(Secret key, byte[] iv) throws CipherUnavailable {
    if (!present) {
      throw new CipherUnavailable("The stream algorithm 'aes-256-ctr' is not present here");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      var aes = new SecretKeySpec(key.exposeSecretBytes(), "AES");
      cipher.init(Cipher.ENCRYPT_MODE, aes, new IvParameterSpec(iv));
      return new Running(cipher);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private record Running(Cipher cipher) implements KeyStream {
    @Override
    public void apply(ByteBuffer source, ByteBuffer destination) {
      try {
        cipher.update(source, destination);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      // The JDK's object goes with the test.
    }
  }
}
