package org.noports.policy.remote;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.CipherUnavailable;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.IdentityUnusable;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.pins.Pins;
import org.noports.api.policy.RuleBooks;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The other bundles' services as they are at this moment; an absent one is a named failure. */
@Component(service = Neighbours.class)
public final class Neighbours {
  private final AtomicReference<CipherCatalogue> ciphers = new AtomicReference<>();
  private final AtomicReference<Pins> pins = new AtomicReference<>();
  private final AtomicReference<RuleBooks> books = new AtomicReference<>();
  private final AtomicReference<Audit> audit = new AtomicReference<>();

  CipherCatalogue ciphers() throws CipherUnavailable {
    return Optional.ofNullable(ciphers.get())
        .orElseThrow(
            () -> new CipherUnavailable("org.noports.cipher.catalogue is not running here"));
  }

  Pins pins() throws IdentityUnusable {
    return Optional.ofNullable(pins.get())
        .orElseThrow(() -> new IdentityUnusable("org.noports.identity is not running here"));
  }

  RuleBooks books() throws ConfigurationInvalid {
    return Optional.ofNullable(books.get())
        .orElseThrow(
            () -> new ConfigurationInvalid("nobody here reads rules; install noports-policy"));
  }

  /** Records an event, if somebody keeps them. */
  void record(AuditEvent event) {
    Optional.ofNullable(audit.get()).ifPresent(keeper -> keeper.record(event));
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
  void bindBooks(RuleBooks service) {
    books.set(service);
  }

  void unbindBooks(RuleBooks service) {
    books.compareAndSet(service, null);
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
