package org.noports.tunnel;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.Target;
import org.noports.api.audit.Audit;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Provider;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.api.tunnel.TunnelEnds;
import org.noports.transport.EventLoops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Tunnels through a relay that cannot read them: one object from start to stop, which holds all
 * ends that are open here. It knows no cipher and no transport: a session's plan brings both.
 */
@Component(
    service = {TunnelEnds.class, CipherUser.class, HealthCheck.class},
    immediate = true,
    configurationPid = RelayedTunnels.PID)
@Designate(ocd = TunnelConfig.class)
public final class RelayedTunnels implements TunnelEnds, CipherUser, HealthCheck, Surroundings {
  static final String PID = "org.noports.tunnel";

  /** Each can stand still for a second when a plug-in hangs, until that is found out. */
  private static final int FOREIGN_THREADS = 2;

  private final OpenEnds ends = new OpenEnds(this);
  private final ReverseEntrances listening = new ReverseEntrances();
  private final List<Named> services = new CopyOnWriteArrayList<>();
  private volatile Optional<EventLoops> loops = Optional.empty();
  private volatile Optional<EventLoops> foreign = Optional.empty();
  private volatile Optional<Audit> audit = Optional.empty();
  private volatile TunnelSettings settings = TunnelSettings.DEFAULT;
  private volatile String problem = "";

  private record Named(String name, StreamService service) {}

  @Activate
  void activate(TunnelConfig config) {
    apply(config);
    EventLoops started = EventLoops.startForBulk("noports-tunnel", settings.ioThreads());
    loops = Optional.of(started);
    foreign = Optional.of(EventLoops.startForBulk("noports-tunnel-foreign", FOREIGN_THREADS));
    TunnelLog.started(started);
  }

  @Modified
  void apply(TunnelConfig config) {
    try {
      settings = TunnelSettings.of(config);
      problem = "";
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      TunnelLog.unreadable(problem, settings);
    }
  }

  @Deactivate
  void deactivate() {
    // Sessions end by their own reason, and not because their threads are gone.
    ends.endAll("the tunnel is being stopped").completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
    loops.ifPresent(EventLoops::close);
    loops = Optional.empty();
    foreign.ifPresent(EventLoops::close);
    foreign = Optional.empty();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAudit(Audit service) {
    audit = Optional.of(service);
  }

  void unbindAudit(Audit service) {
    if (audit.equals(Optional.of(service))) {
      audit = Optional.empty();
    }
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindService(StreamService service, Map<String, Object> properties) {
    if (properties.get(StreamService.NAME) instanceof String name) {
      services.add(new Named(name, service));
    }
  }

  void unbindService(StreamService service) {
    services.removeIf(named -> named.service == service);
  }

  @Override
  public CompletionStage<Entrance> bind(LocalAddress address) {
    return bind(requireNonNull(address, "address is null"), Way.OWN_TARGET);
  }

  @Override
  public CompletionStage<Entrance> bind(Forward forward) {
    if (forward instanceof Forward.Local local) {
      return bind(local.at(), Way.to(new StreamRequest.Connect(local.to())));
    }
    if (forward instanceof Forward.Socks socks) {
      return bind(socks.at(), new SocksWay(this));
    }
    if (forward instanceof Forward.Udp udp) {
      return UdpEntrance.bind(this, udp);
    }
    return CompletableFuture.completedFuture(
        new RemoteForward(this, (Forward.Remote) requireNonNull(forward, "forward is null")));
  }

  private CompletionStage<Entrance> bind(LocalAddress address, Way way) {
    var entrance = new LocalEntrance(way);
    return new EntranceBinding(loops())
        .bind(address, entrance::accepted)
        .thenApply(entrance::listensOn);
  }

  @Override
  public CompletionStage<ClientEnd> openClientEnd(SessionPlan plan) {
    return ends.openClient(plan);
  }

  @Override
  public CompletionStage<SessionEnd> openDeviceEnd(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin) {
    return ends.openDevice(plan, target, gate, origin);
  }

  @Override
  public CompletionStage<SessionEnd> openSingleDeviceEnd(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin) {
    return ends.openSingleDevice(plan, target, gate, origin);
  }

  @Override
  public Map<Provider, Integer> usage() {
    return ends.usage();
  }

  @Override
  public CompletionStage<Outcome> leave(Departure departure) {
    return ends.leave(departure);
  }

  @Override
  public ReverseEntrances listening() {
    return listening;
  }

  @Override
  public EventLoop loopOf(Np2Keys keys) {
    return keys.suites().foreign() ? foreign.orElseThrow().next() : loops().next();
  }

  @Override
  public boolean isOnLoop() {
    return Stream.of(loops, foreign).flatMap(Optional::stream).anyMatch(EventLoops::isOnOne);
  }

  @Override
  public EventLoops loops() {
    return loops.orElseThrow(() -> new IllegalStateException("The tunnel is not started"));
  }

  @Override
  public TunnelSettings settings() {
    return settings;
  }

  @Override
  public Optional<Audit> audit() {
    return audit;
  }

  @Override
  public Optional<StreamService> service(String name) {
    return services.stream()
        .filter(named -> named.name.equalsIgnoreCase(name))
        .map(Named::service)
        .findFirst();
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    if (loops.isEmpty()) {
      return Health.down("not started");
    }
    if (!problem.isEmpty()) {
      return Health.degraded(problem + "; the settings before it stay in force");
    }
    return Health.ok(ends + ", by " + loops().kind());
  }
}
