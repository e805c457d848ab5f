package org.noports.cipher.catalogue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The catalogue that follows the bundles: what is installed is offered at once, what is stopped is
 * gone at once, and nobody who asks here is restarted for it. Between the cipher plug-ins and
 * everybody who uses one.
 */
@Component(
    service = {CipherCatalogue.class, HealthCheck.class},
    immediate = true)
public final class LiveCipherCatalogue implements CipherCatalogue, HealthCheck {
  private final Shelf<StreamCipher> streamCiphers = new Shelf<>("stream", StreamCipher.ALGORITHM);
  private final Shelf<KeyTransport> keyTransports =
      new Shelf<>("key-transport", KeyTransport.ALGORITHM);
  private final Shelf<SignatureAlgorithm> signatures =
      new Shelf<>("signature", SignatureAlgorithm.ALGORITHM);

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindStreamCipher(ServiceReference<StreamCipher> reference, StreamCipher plugIn) {
    streamCiphers.add(reference, plugIn);
  }

  void updatedStreamCipher(ServiceReference<StreamCipher> reference, StreamCipher plugIn) {
    streamCiphers.add(reference, plugIn);
  }

  void unbindStreamCipher(ServiceReference<StreamCipher> reference) {
    streamCiphers.remove(reference);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindKeyTransport(ServiceReference<KeyTransport> reference, KeyTransport plugIn) {
    keyTransports.add(reference, plugIn);
  }

  void updatedKeyTransport(ServiceReference<KeyTransport> reference, KeyTransport plugIn) {
    keyTransports.add(reference, plugIn);
  }

  void unbindKeyTransport(ServiceReference<KeyTransport> reference) {
    keyTransports.remove(reference);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSignature(ServiceReference<SignatureAlgorithm> reference, SignatureAlgorithm plugIn) {
    signatures.add(reference, plugIn);
  }

  void updatedSignature(ServiceReference<SignatureAlgorithm> reference, SignatureAlgorithm plugIn) {
    signatures.add(reference, plugIn);
  }

  void unbindSignature(ServiceReference<SignatureAlgorithm> reference) {
    signatures.remove(reference);
  }

  @Override
  public StreamCipher streamCipher(String algorithm) {
    return new Handles.OfStreamCipher(streamCiphers.place(algorithm));
  }

  @Override
  public KeyTransport keyTransport(String algorithm) {
    return new Handles.OfKeyTransport(keyTransports.place(algorithm));
  }

  @Override
  public SignatureAlgorithm signature(String algorithm) {
    return new Handles.OfSignature(signatures.place(algorithm));
  }

  @Override
  public List<PresentAlgorithm> present() {
    return Stream.of(streamCiphers, keyTransports, signatures)
        .flatMap(shelf -> shelf.present().stream())
        .toList();
  }

  @Override
  public String component() {
    return CatalogueLog.NAME;
  }

  @Override
  public Health check() {
    List<PresentAlgorithm> present = present();
    String names =
        present.stream()
            .map(found -> found.name() + " (" + found.engine() + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    return present.isEmpty()
        ? Health.down(
            "No algorithm is present; start a cipher bundle such as noports-cipher-classic")
        : Health.ok("Present: " + names);
  }
}
