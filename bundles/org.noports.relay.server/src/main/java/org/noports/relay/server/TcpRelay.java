package org.noports.relay.server;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.EnrollmentEnded;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.EnrollmentObserver;
import org.noports.api.audit.Audit;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.Identities;
import org.noports.api.relay.RelaySessions;
import org.noports.transport.EventLoops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The relay of one atSign on plain TCP: one object from start to stop. A change of settings, and
 * the coming and going of any service it uses, leave its sessions as they are.
 */
@Component(
    service = {RelaySessions.class, EnrollmentObserver.class, HealthCheck.class},
    immediate = true,
    configurationPid = TcpRelay.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RelayConfig.class)
public final class TcpRelay implements RelaySessions, EnrollmentObserver, HealthCheck {
  static final String PID = "org.noports.relay.server";

  private final RelayTimer timer;
  private final SecureRandom random;
  private volatile Optional<AtServers> atServers = Optional.empty();
  private volatile Optional<CipherCatalogue> catalogue = Optional.empty();
  private volatile Optional<Identities> identities = Optional.empty();
  private volatile Optional<Audit> audit = Optional.empty();
  private volatile Optional<RelaySettings> settings = Optional.empty();

  /** The last there were: sessions outlive the settings. */
  private volatile Optional<RelaySettings.Limits> limits = Optional.empty();

  private volatile Optional<Running> running = Optional.empty();
  private volatile String problem = "";

  /** What lives between start and stop. */
  private record Running(
      EventLoops loops,
      Signing signing,
      RelayRequests requests,
      AtServerLink link,
      SinglePort singlePort,
      WebSocketPort webSocketPort) {
    String problem() {
      return singlePort.problem().isEmpty() ? webSocketPort.problem() : singlePort.problem();
    }
  }

  public TcpRelay() {
    this(RelayTimer.OF_LOOPS, new SecureRandom());
  }

  /** For tests, which bring their own time and chance. */
  TcpRelay(RelayTimer timer, SecureRandom random) {
    this.timer = timer;
    this.random = random;
  }

  @Activate
  synchronized void activate(RelayConfig config) {
    running = Optional.of(start());
    apply(config);
  }

  private Running start() {
    EventLoops loops = EventLoops.start("noports-relay", 0);
    var control = loops.next();
    // Each hears of the other only when it works: the link tells requests, requests use the link.
    var link =
        new AtServerLink(control, timer, heard -> running.ifPresent(r -> r.requests.hear(heard)));
    var signing = new Signing(() -> identities);
    var context =
        new RelayContext(
            loops,
            timer,
            random,
            () -> catalogue,
            link::session,
            new RelayAudit(() -> audit),
            new Quotas(this::limits, System::nanoTime),
            signing);
    var requests = new RelayRequests(control, context, () -> settings);
    var singlePort =
        new SinglePort(
            "singlePort",
            context,
            id -> requests.find(id).filter(live -> live.terms().singlePort()),
            () -> settings,
            Greeting.NONE);
    var webSocketPort = new WebSocketPort(context, requests::find, () -> settings);
    return new Running(loops, signing, requests, link, singlePort, webSocketPort);
  }

  /** Asked by what was begun under some settings, so there were some. */
  private RelaySettings.Limits limits() {
    return limits.orElseThrow();
  }

  @Modified
  synchronized void apply(RelayConfig config) {
    try {
      settings = RelaySettings.of(config);
      settings.ifPresent(now -> limits = Optional.of(now.limits()));
      problem = "";
      settings.ifPresentOrElse(RelayLog::configured, RelayLog::off);
      listen();
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      RelayLog.unreadable(problem, settings.isPresent());
    }
  }

  private void listen() {
    running.ifPresent(
        now -> {
          now.link.use(atServers, settings.map(RelaySettings::atSign));
          now.singlePort.listen(settings.flatMap(RelaySettings::singlePortAddress));
          now.webSocketPort.listen(settings.flatMap(RelaySettings::webSocket));
        });
  }

  @Deactivate
  synchronized void deactivate() {
    Optional<Running> stopping = running;
    // First of all nobody is heard any more: a request that comes now would find no loop.
    running = Optional.empty();
    stopping.ifPresent(
        was -> {
          was.link.close();
          was.requests.endAll("the relay is being stopped");
          was.loops.close();
          was.signing.close();
        });
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindAtServers(AtServers service) {
    atServers = Optional.of(service);
    listen();
  }

  synchronized void unbindAtServers(AtServers service) {
    if (atServers.equals(Optional.of(service))) {
      atServers = Optional.empty();
      listen();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindCatalogue(CipherCatalogue service) {
    catalogue = Optional.of(service);
  }

  synchronized void unbindCatalogue(CipherCatalogue service) {
    if (catalogue.equals(Optional.of(service))) {
      catalogue = Optional.empty();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindIdentities(Identities service) {
    identities = Optional.of(service);
  }

  synchronized void unbindIdentities(Identities service) {
    if (identities.equals(Optional.of(service))) {
      identities = Optional.empty();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindAudit(Audit service) {
    audit = Optional.of(service);
  }

  synchronized void unbindAudit(Audit service) {
    if (audit.equals(Optional.of(service))) {
      audit = Optional.empty();
    }
  }

  @Override
  public void ended(AtSign self, EnrollmentEnded reason) {
    Optional<Running> now = running;
    if (now.isPresent() && settings.filter(ours -> ours.atSign().equals(self)).isPresent()) {
      now.get().link.again();
      now.get().requests.endAll(reason.getMessage());
    }
  }

  @Override
  public AtSign atSign() {
    return settings
        .map(RelaySettings::atSign)
        .orElseThrow(() -> new IllegalStateException("The relay is not configured: " + problem));
  }

  @Override
  public Standing standing() {
    return settings
        .map(now -> new Standing(now.address(), now.draining(), now.limits().sessions()))
        .orElseThrow(() -> new IllegalStateException("The relay is not configured: " + problem));
  }

  @Override
  public List<Carried> carried() {
    return running.map(now -> now.requests.carried()).orElse(List.of());
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    if (!problem.isEmpty()) {
      return settings.isEmpty()
          ? Health.down(problem)
          : Health.degraded(problem + "; the settings before it stay in force");
    }
    if (settings.isEmpty() || running.isEmpty()) {
      return Health.ok("No relay here; to have one set atSign and address in etc/" + PID + ".cfg");
    }
    AtServerLink link = running.get().link;
    String carrying = carried().size() + " sessions";
    String port = running.get().problem();
    if (!port.isEmpty()) {
      return Health.degraded(port + "; carries " + carrying);
    }
    Optional<String> deaf =
        link.session().isPresent()
            ? link.session().get().deaf()
            : Optional.of(link.problem().isEmpty() ? "connecting" : link.problem());
    return deaf.map(
            why -> Health.degraded(atSign() + " does not hear: " + why + "; carries " + carrying))
        .orElseGet(() -> Health.ok(atSign() + " hears requests; carries " + carrying));
  }
}
