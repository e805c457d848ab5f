package org.noports.atserver.host;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.noports.api.CipherUnavailable;
import org.noports.api.Subscription;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;

/** A catalogue with one signature algorithm, which a digest plays, or with none. */
final class FakeCiphers implements CipherCatalogue {
  private final boolean present;

  FakeCiphers(boolean present) {
    this.present = present;
  }

  /** What verifies for that key. */
  static byte[] sign(String publicKey, byte[] message) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(publicKey.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return digest.digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SignatureAlgorithm signature(String algorithm) {
    return (key, message, signature) -> {
      if (!present || !algorithm.equals(SignatureAlgorithm.ML_DSA_65)) {
        throw new CipherUnavailable("'" + algorithm + "' is not present");
      }
      return MessageDigest.isEqual(sign(key, message), signature);
    };
  }

  @Override
  public StreamCipher streamCipher(String algorithm) {
    throw new UnsupportedOperationException(algorithm);
  }

  @Override
  public KeyTransport keyTransport(String algorithm) {
    throw new UnsupportedOperationException(algorithm);
  }

  @Override
  public RecordCipher recordCipher(String algorithm) {
    throw new UnsupportedOperationException(algorithm);
  }

  @Override
  public KeyAgreement keyAgreement(String algorithm) {
    throw new UnsupportedOperationException(algorithm);
  }

  @Override
  public KeyDerivation keyDerivation(String algorithm) {
    throw new UnsupportedOperationException(algorithm);
  }

  @Override
  public Subscription onChange(Runnable changed) {
    return () -> {};
  }

  @Override
  public List<PresentAlgorithm> present() {
    return List.of();
  }
}
