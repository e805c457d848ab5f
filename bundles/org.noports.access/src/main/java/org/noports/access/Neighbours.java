package org.noports.access;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.AtServerUnavailable;
import org.noports.api.CipherUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.atserver.AtServers;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.identity.Identities;
import org.noports.api.pins.Pins;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The other bundles' services as they are at this moment; an absent one is a named failure. */
@Component(service = Neighbours.class)
public final class Neighbours {
  private final AtomicReference<AtServers> atServers = new AtomicReference<>();
  private final AtomicReference<Identities> identities = new AtomicReference<>();
  private final AtomicReference<CipherCatalogue> ciphers = new AtomicReference<>();
  private final AtomicReference<Pins> pins = new AtomicReference<>();
  private final AtomicReference<Audit> audit = new AtomicReference<>();

  AtServers atServers() throws AtServerUnavailable {
    return Optional.ofNullable(atServers.get())
        .orElseThrow(() -> new AtServerUnavailable("org.noports.atserver is not running here"));
  }

  Identities identities() throws IdentityUnusable {
    return Optional.ofNullable(identities.get())
        .orElseThrow(() -> new IdentityUnusable("org.noports.identity is not running here"));
  }

  CipherCatalogue ciphers() throws CipherUnavailable {
    return Optional.ofNullable(ciphers.get())
        .orElseThrow(
            () -> new CipherUnavailable("org.noports.cipher.catalogue is not running here"));
  }

  Pins pins() throws IdentityUnusable {
    return Optional.ofNullable(pins.get())
        .orElseThrow(() -> new IdentityUnusable("org.noports.identity is not running here"));
  }

  /** Records an event, if somebody keeps them. */
  void record(AuditEvent event) {
    Optional.ofNullable(audit.get()).ifPresent(keeper -> keeper.record(event));
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAtServers(AtServers service) {
    atServers.set(service);
  }

  void unbindAtServers(AtServers service) {
    atServers.compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindIdentities(Identities service) {
    identities.set(service);
  }

  void unbindIdentities(Identities service) {
    identities.compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCiphers(CipherCatalogue service) {
    ciphers.set(service);
  }

  void unbindCiphers(CipherCatalogue service) {
    ciphers.compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPins(Pins service) {
    pins.set(service);
  }

  void unbindPins(Pins service) {
    pins.compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(Audit service) {
    audit.set(service);
  }

  void unbindAudit(Audit service) {
    audit.compareAndSet(service, null);
  }
}
