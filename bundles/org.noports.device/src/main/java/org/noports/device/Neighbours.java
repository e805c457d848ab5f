package org.noports.device;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.CipherUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.RelayUnavailable;
import org.noports.api.access.AccessDesk;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.Identities;
import org.noports.api.pins.Pins;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.relay.RelayTransport;
import org.noports.api.ssh.AuthorizedKeys;
import org.noports.api.ssh.SshAtDevice;
import org.noports.api.tunnel.TunnelEnds;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The other bundles' services as they are at this moment, for all devices of this JVM. Any of them
 * may be restarted under a running device: who needs one asks here each time, and an absent one is
 * the named failure of that one request.
 */
@Component(service = {Neighbours.class, HealthCheck.class})
public final class Neighbours implements HealthCheck {
  private final AtomicReference<Identities> identities = new AtomicReference<>();
  private final AtomicReference<TunnelEnds> tunnelEnds = new AtomicReference<>();
  private final AtomicReference<CipherCatalogue> ciphers = new AtomicReference<>();
  private final Map<String, RelayTransport> relays = new ConcurrentHashMap<>();
  private final Evaluators evaluators = new Evaluators(this::record);
  private final AtomicReference<Audit> audit = new AtomicReference<>();
  private final AtomicReference<Pins> pins = new AtomicReference<>();
  private final AtomicReference<AuthorizedKeys> keys = new AtomicReference<>();
  private final AtomicReference<SshAtDevice> ssh = new AtomicReference<>();
  private final AtomicReference<AccessDesk> desk = new AtomicReference<>();

  Identities identities() throws IdentityUnusable {
    return Optional.ofNullable(identities.get())
        .orElseThrow(() -> new IdentityUnusable("org.noports.identity is not running here"));
  }

  TunnelEnds tunnelEnds() throws RelayUnavailable {
    return Optional.ofNullable(tunnelEnds.get())
        .orElseThrow(() -> new RelayUnavailable("org.noports.tunnel is not running here"));
  }

  /** The catalogue, if it runs now. */
  Optional<CipherCatalogue> presentCiphers() {
    return Optional.ofNullable(ciphers.get());
  }

  Pins pins() throws IdentityUnusable {
    return Optional.ofNullable(pins.get())
        .orElseThrow(
            () ->
                new IdentityUnusable(
                    "org.noports.identity is not running here: no peer can be told from an"
                        + " impostor"));
  }

  /** The account's keys for sshd, if sessions may do anything with them now. */
  Optional<AuthorizedKeys> authorizedKeys() {
    return Optional.ofNullable(keys.get());
  }

  /** What is known of the SSH servers here, if they may be asked about now. */
  Optional<SshAtDevice> ssh() {
    return Optional.ofNullable(ssh.get());
  }

  /** Where requests for access wait, if they may now. */
  Optional<AccessDesk> accessDesk() {
    return Optional.ofNullable(desk.get());
  }

  boolean acceptsPublicKeys() {
    return authorizedKeys().filter(AuthorizedKeys::acceptsPublicKeys).isPresent();
  }

  CipherCatalogue ciphers() throws CipherUnavailable {
    return Optional.ofNullable(ciphers.get())
        .orElseThrow(
            () -> new CipherUnavailable("org.noports.cipher.catalogue is not running here"));
  }

  /** The relay transport of this name. */
  RelayTransport relay(String transport) throws RelayUnavailable {
    return Optional.ofNullable(relays.get(transport))
        .orElseThrow(
            () ->
                new RelayUnavailable(
                    "No relay transport "
                        + transport
                        + " is running here; there are "
                        + new TreeSet<>(relays.keySet())
                        + ": set relayTransport to one of them"));
  }

  /** Who decides. */
  Evaluators evaluators() {
    return evaluators;
  }

  /** Hears that answers may have become others; on any thread. */
  interface PolicyListener {
    /** Rules have changed, or an evaluator has come. */
    void changed();

    /** An evaluator has gone, perhaps to be replaced. */
    void departed();
  }

  /** Records an event, if somebody keeps them. */
  void record(AuditEvent event) {
    Optional.ofNullable(audit.get()).ifPresent(keeper -> keeper.record(event));
  }

  /** Why events are not kept now; empty while they are. */
  Optional<String> auditTrouble() {
    return Optional.ofNullable(audit.get())
        .map(Audit::trouble)
        .orElse(Optional.of("org.noports.audit is not running here"));
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
  void bindTunnelEnds(TunnelEnds service) {
    tunnelEnds.set(service);
  }

  void unbindTunnelEnds(TunnelEnds service) {
    tunnelEnds.compareAndSet(service, null);
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
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRelay(RelayTransport service, Map<String, Object> properties) {
    relays.put(String.valueOf(properties.get(RelayTransport.NAME)), service);
  }

  void unbindRelay(RelayTransport service, Map<String, Object> properties) {
    relays.remove(String.valueOf(properties.get(RelayTransport.NAME)), service);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPolicy(PolicyEvaluator service, Map<String, Object> properties) {
    evaluators.arrived(service, properties);
  }

  void unbindPolicy(PolicyEvaluator service) {
    evaluators.left(service);
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
  void bindAuthorizedKeys(AuthorizedKeys service) {
    keys.set(service);
  }

  void unbindAuthorizedKeys(AuthorizedKeys service) {
    keys.compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindSsh(SshAtDevice service) {
    ssh.set(service);
  }

  void unbindSsh(SshAtDevice service) {
    ssh.compareAndSet(service, null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAccessDesk(AccessDesk service) {
    desk.set(service);
  }

  void unbindAccessDesk(AccessDesk service) {
    desk.compareAndSet(service, null);
  }

  /** Of those who decide; no device has such a name. */
  @Override
  public String component() {
    return "org.noports.device/who decides";
  }

  @Override
  public Health check() {
    return evaluators.health();
  }
}
