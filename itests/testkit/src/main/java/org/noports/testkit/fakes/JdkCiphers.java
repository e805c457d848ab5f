package org.noports.testkit.fakes;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;

/** The classic algorithms straight from the JDK; {@link #withdraw} takes them all away. */
public final class JdkCiphers implements CipherCatalogue {
  private volatile boolean withdrawn;

  /** From now on nothing is present. */
  public void withdraw() {
    withdrawn = true;
  }

  private void requirePresent(String algorithm) throws CipherUnavailable {
    if (withdrawn) {
      throw new CipherUnavailable(algorithm + " is not present");
    }
  }

  @Override
  public StreamCipher streamCipher(String algorithm) {
    return new AesCtr();
  }

  @Override
  public KeyTransport keyTransport(String algorithm) {
    throw new UnsupportedOperationException("no test needs it yet");
  }

  @Override
  public SignatureAlgorithm signature(String algorithm) {
    return (publicKey, message, signature) -> {
      requirePresent(algorithm);
      return verifies(publicKey, message, signature);
    };
  }

  private static boolean verifies(String publicKey, byte[] message, byte[] signature) {
    try {
      byte[] x509 = Base64.getDecoder().decode(publicKey);
      Signature rsa = Signature.getInstance("SHA256withRSA");
      rsa.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(x509)));
      rsa.update(message);
      return rsa.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public List<PresentAlgorithm> present() {
    return List.of();
  }

  private final class AesCtr implements StreamCipher {
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
      requirePresent(AES_256_CTR);
      try {
        Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
        aes.init(
            Cipher.ENCRYPT_MODE,
            new SecretKeySpec(key.exposeSecretBytes(), "AES"),
            new IvParameterSpec(iv));
        return new JdkStream(aes);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  private record JdkStream(Cipher aes) implements KeyStream {
    @Override
    public void apply(ByteBuffer source, ByteBuffer destination) {
      try {
        aes.update(source, destination);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {}
  }
}
