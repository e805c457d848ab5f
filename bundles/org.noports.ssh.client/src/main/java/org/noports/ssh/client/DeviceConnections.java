package org.noports.ssh.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.NoPortsException;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.session.ClientDefaults;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.Tunnels;
import org.noports.api.tunnel.Level;
import org.noports.ssh.client.SharedTunnels.Connection;
import org.noports.ssh.client.words.ProxyArguments;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Connects with the SSH servers of devices, for whatever speaks SSH here. */
@Component(
    service = {DeviceConnections.class, HealthCheck.class},
    immediate = true)
public final class DeviceConnections implements HealthCheck {
  private final SharedTunnels shared = new SharedTunnels();
  private volatile Optional<Audit> audit = Optional.empty();
  private volatile Optional<Tunnels> tunnels = Optional.empty();
  private volatile Optional<ClientDefaults> defaults = Optional.empty();

  @Activate
  public DeviceConnections() {}

  @Deactivate
  void stop() {
    shared.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTunnels(Tunnels service) {
    tunnels = Optional.of(service);
  }

  void unbindTunnels(Tunnels service) {
    tunnels = tunnels.filter(bound -> bound != service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDefaults(ClientDefaults service) {
    defaults = Optional.of(service);
  }

  void unbindDefaults(ClientDefaults service) {
    defaults = defaults.filter(bound -> bound != service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(Audit service) {
    audit = Optional.of(service);
  }

  void unbindAudit(Audit service) {
    audit = audit.filter(bound -> bound != service);
  }

  /** Keeps which key exchange the SSH inside a session has, if somebody keeps such. */
  void agreed(SessionFacts facts, String exchange) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("session", facts.id().toString());
    details.put("client", facts.client().toString());
    details.put("device", facts.device().toString());
    details.put("target", facts.target().toString());
    details.put("exchange", exchange);
    AuditEvent event = new AuditEvent(Instant.now(), "ssh-key-exchange", details);
    audit.ifPresent(kept -> kept.record(event));
  }

  /** Connects; blocks until that is done. */
  Connection connect(ProxyArguments asked) throws NoPortsException, InterruptedException {
    return shared.connect(client(), request(asked));
  }

  /** What passes at such a level could be changed on its way until ssh itself knows the host. */
  static void warn(SessionFacts facts, Consumer<String> messages) {
    if (facts.level().compareTo(Level.L2) < 0) {
      messages.accept(
          "the session with "
              + facts.device()
              + " is of level "
              + facts.level()
              + ", which does not notice changes: compare the SSH host key's fingerprint yourself"
              + " when you meet it for the first time");
    }
  }

  private Tunnels client() throws ConfigurationInvalid {
    return tunnels.orElseThrow(
        () ->
            new ConfigurationInvalid(
                "Nothing here opens tunnels: that comes with the feature noports-client"));
  }

  private TunnelRequest request(ProxyArguments asked) throws ConfigurationInvalid {
    List<AtSign> relays = relays(asked);
    return new TunnelRequest(
            from(asked),
            asked.device(),
            relays.get(0),
            asked.target(),
            Optional.empty(),
            false,
            TunnelRequest.DEFAULT_GRACE,
            asked.expect())
        .orThrough(relays.subList(1, relays.size()));
  }

  private AtSign from(ProxyArguments asked) throws ConfigurationInvalid {
    return asked
        .from()
        .or(() -> defaults.flatMap(ClientDefaults::from))
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    "Who are you? Name your atSign with --from, or set 'from' in"
                        + " etc/org.noports.client.cfg"));
  }

  private List<AtSign> relays(ProxyArguments asked) throws ConfigurationInvalid {
    return asked
        .relay()
        .map(List::of)
        .or(() -> defaults.map(known -> known.relay().map(List::of).orElseGet(known::relays)))
        .filter(known -> !known.isEmpty())
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    "Through which relay? Name it with --relay, or set 'relay' or 'relays' in"
                        + " etc/org.noports.client.cfg"));
  }

  @Override
  public String component() {
    return "org.noports.ssh.client";
  }

  @Override
  public Health check() {
    return tunnels.isPresent()
        ? Health.ok("Carries ssh; " + shared.count() + " sessions shared")
        : Health.degraded("Nothing here opens tunnels: noports-client is missing or stopped");
  }
}
