package org.noports.testkit.fakes;

import java.util.List;
import java.util.function.Function;
import org.noports.api.Subscription;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;

/** Key agreements and derivations that the test chooses; the rest is {@link JdkCiphers}. */
public final class ChosenCiphers implements CipherCatalogue {
  private final JdkCiphers classic = new JdkCiphers();
  private final Function<String, KeyAgreement> agreements;
  private final Function<String, KeyDerivation> derivations;

  /** What is handed out for each name. */
  public ChosenCiphers(
      Function<String, KeyAgreement> agreements, Function<String, KeyDerivation> derivations) {
    this.agreements = agreements;
    this.derivations = derivations;
  }

  @Override
  public KeyAgreement keyAgreement(String algorithm) {
    return agreements.apply(algorithm);
  }

  @Override
  public KeyDerivation keyDerivation(String algorithm) {
    return derivations.apply(algorithm);
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
