package org.noports.atserver;

import java.util.List;
import org.noports.api.Subscription;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.cipher.modern.HkdfSha384;
import org.noports.cipher.pq.MlKem1024;
import org.noports.cipher.pq.XWing;
import org.noports.testkit.fakes.JdkCiphers;

/** Key agreements and derivations as they are in the field, without a catalogue between. */
final class PostQuantumCiphers implements CipherCatalogue {
  private final JdkCiphers classic = new JdkCiphers();

  @Override
  public KeyAgreement keyAgreement(String algorithm) {
    return algorithm.equals(KeyAgreement.X_WING) ? new XWing() : new MlKem1024();
  }

  @Override
  public KeyDerivation keyDerivation(String algorithm) {
    return algorithm.equals(KeyDerivation.SHA_256) ? new HkdfSha256() : new HkdfSha384();
  }

  @Override
  public SignatureAlgorithm signature(String algorithm) {
    return classic.signature(algorithm);
  }

  @Override
  public StreamCipher streamCipher(String algorithm) {
    return classic.streamCipher(algorithm);
  }

  @Override
  public KeyTransport keyTransport(String algorithm) {
    return classic.keyTransport(algorithm);
  }

  @Override
  public RecordCipher recordCipher(String algorithm) {
    return classic.recordCipher(algorithm);
  }

  @Override
  public List<PresentAlgorithm> present() {
    return List.of();
  }

  @Override
  public Subscription onChange(Runnable changed) {
    return () -> {};
  }
}
