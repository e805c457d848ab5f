package org.noports.cipher.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.noports.api.Subscription;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
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
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Shelf<StreamCipher> streamCiphers =
      new Shelf<>(PresentAlgorithm.STREAM, StreamCipher.ALGORITHM, this::changed);
  private final Shelf<KeyTransport> keyTransports =
      new Shelf<>(PresentAlgorithm.KEY_TRANSPORT, KeyTransport.ALGORITHM, this::changed);
  private final Shelf<SignatureAlgorithm> signatures =
      new Shelf<>(PresentAlgorithm.SIGNATURE, SignatureAlgorithm.ALGORITHM, this::changed);
  private final Shelf<RecordCipher> recordCiphers =
      new Shelf<>(PresentAlgorithm.RECORD, RecordCipher.ALGORITHM, this::changed);
  private final Shelf<KeyAgreement> keyAgreements =
      new Shelf<>(PresentAlgorithm.KEY_AGREEMENT, KeyAgreement.ALGORITHM, this::changed);
  private final Shelf<KeyDerivation> keyDerivations =
      new Shelf<>(PresentAlgorithm.KEY_DERIVATION, KeyDerivation.ALGORITHM, this::changed);

  private final List<Shelf<?>> shelves =
      List.of(
          streamCiphers, keyTransports, signatures, recordCiphers, keyAgreements, keyDerivations);
  private final Departures departures = new Departures();
  private volatile boolean stopped;

  /** What a bundle left behind when it stopped ends when it is uninstalled. */
  @Activate
  void activate(BundleContext context) {
    // Goes with this bundle's context.
    context.addBundleListener(
        (SynchronousBundleListener)
            event -> {
              if (event.getType() == BundleEvent.UNINSTALLED && !stopped) {
                departures.uninstalled(event.getBundle().getBundleId());
              }
            });
  }

  /** What is unbound from now on stays where it is. */
  @Deactivate
  void deactivate() {
    stopped = true;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindUser(CipherUser user) {
    departures.add(user);
  }

  void unbindUser(CipherUser user) {
    departures.remove(user);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindStreamCipher(ServiceReference<StreamCipher> reference, StreamCipher plugIn) {
    streamCiphers.add(reference, plugIn);
  }

  void updatedStreamCipher(ServiceReference<StreamCipher> reference, StreamCipher plugIn) {
    streamCiphers.add(reference, plugIn);
  }

  void unbindStreamCipher(ServiceReference<StreamCipher> reference) {
    withdraw(streamCiphers, reference);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindKeyTransport(ServiceReference<KeyTransport> reference, KeyTransport plugIn) {
    keyTransports.add(reference, plugIn);
  }

  void updatedKeyTransport(ServiceReference<KeyTransport> reference, KeyTransport plugIn) {
    keyTransports.add(reference, plugIn);
  }

  void unbindKeyTransport(ServiceReference<KeyTransport> reference) {
    withdraw(keyTransports, reference);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSignature(ServiceReference<SignatureAlgorithm> reference, SignatureAlgorithm plugIn) {
    signatures.add(reference, plugIn);
  }

  void updatedSignature(ServiceReference<SignatureAlgorithm> reference, SignatureAlgorithm plugIn) {
    signatures.add(reference, plugIn);
  }

  void unbindSignature(ServiceReference<SignatureAlgorithm> reference) {
    withdraw(signatures, reference);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindRecordCipher(ServiceReference<RecordCipher> reference, RecordCipher plugIn) {
    recordCiphers.add(reference, plugIn);
  }

  void updatedRecordCipher(ServiceReference<RecordCipher> reference, RecordCipher plugIn) {
    recordCiphers.add(reference, plugIn);
  }

  void unbindRecordCipher(ServiceReference<RecordCipher> reference) {
    withdraw(recordCiphers, reference);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindKeyAgreement(ServiceReference<KeyAgreement> reference, KeyAgreement plugIn) {
    keyAgreements.add(reference, plugIn);
  }

  void updatedKeyAgreement(ServiceReference<KeyAgreement> reference, KeyAgreement plugIn) {
    keyAgreements.add(reference, plugIn);
  }

  void unbindKeyAgreement(ServiceReference<KeyAgreement> reference) {
    withdraw(keyAgreements, reference);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindKeyDerivation(ServiceReference<KeyDerivation> reference, KeyDerivation plugIn) {
    keyDerivations.add(reference, plugIn);
  }

  void updatedKeyDerivation(ServiceReference<KeyDerivation> reference, KeyDerivation plugIn) {
    keyDerivations.add(reference, plugIn);
  }

  void unbindKeyDerivation(ServiceReference<KeyDerivation> reference) {
    withdraw(keyDerivations, reference);
  }

  /** With the first of a bundle that stops all of it goes: nothing moves to what is about to go. */
  private void withdraw(Shelf<?> shelf, ServiceReference<?> reference) {
    if (stopped) {
      return;
    }
    Set<Provider> gone = new HashSet<>(shelf.take(reference));
    Bundle bundle = reference.getBundle();
    if (bundle != null && bundle.getState() == Bundle.STOPPING) {
      shelves.forEach(each -> gone.addAll(each.takeAll(bundle)));
    }
    if (!gone.isEmpty()) {
      changed();
      departures.stopped(bundle == null ? -1 : bundle.getBundleId(), gone);
    }
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
  public RecordCipher recordCipher(String algorithm) {
    return new RecordHandles.OfRecordCipher(recordCiphers.place(algorithm));
  }

  @Override
  public KeyAgreement keyAgreement(String algorithm) {
    return new RecordHandles.OfKeyAgreement(keyAgreements.place(algorithm));
  }

  @Override
  public KeyDerivation keyDerivation(String algorithm) {
    return new RecordHandles.OfKeyDerivation(keyDerivations.place(algorithm));
  }

  @Override
  public List<PresentAlgorithm> present() {
    return shelves.stream().flatMap(shelf -> shelf.present().stream()).toList();
  }

  @Override
  public Subscription onChange(Runnable changed) {
    // One of its own for each: the same listener may listen twice.
    Runnable listener = changed::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
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
