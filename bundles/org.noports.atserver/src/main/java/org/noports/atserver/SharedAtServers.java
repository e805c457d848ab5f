package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.EnrollmentObserver;
import org.noports.api.atserver.ValueCodec;
import org.noports.api.directory.AtDirectory;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.Identities;
import org.noports.api.network.OutgoingProxy;
import org.noports.transport.EventLoops;
import org.noports.transport.WayOut;
import org.osgi.framework.BundleContext;
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
 * One session for each of our atSigns, opened at first use and shared by all who ask. It holds live
 * connections: a change of settings or of the services beside it cuts none of them.
 */
@Component(
    immediate = true,
    configurationPid = SharedAtServers.NAME,
    service = {SharedAtServers.class, AtServers.class, HealthCheck.class})
@Designate(ocd = AtServersConfig.class)
public final class SharedAtServers implements AtServers, HealthCheck {
  static final String NAME = "org.noports.atserver";

  private final Surroundings surroundings;
  private final WayOut wayOut = new WayOut();
  private final EventLoops loops;
  private final ExecutorService blocking;
  private final Function<HealthCheck, Runnable> register;
  private final Map<AtSign, CompletableFuture<Live>> sessions = new ConcurrentHashMap<>();
  private final EndedEnrollments ended = new EndedEnrollments();

  private record Live(ReconnectingAtServerSession session, Runnable unregisterHealth) {}

  @Activate
  public SharedAtServers(BundleContext context, AtServersConfig configuration) {
    this(
        settings(configuration),
        check -> {
          var registered = context.registerService(HealthCheck.class, check, null);
          return registered::unregister;
        });
  }

  /** For tests: {@code register} publishes a session's health and returns how to end that. */
  SharedAtServers(AtServerSettings settings, Function<HealthCheck, Runnable> register) {
    this(settings, register, Clock.systemUTC());
  }

  /** For tests that set the clock, too. */
  SharedAtServers(
      AtServerSettings settings, Function<HealthCheck, Runnable> register, Clock clock) {
    this.register = requireNonNull(register, "register is null");
    // One thread: the state of all sessions lives on it without locks.
    this.loops = EventLoops.start("noports-atserver", 1, wayOut);
    this.blocking =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "noports-atserver-keys");
              thread.setDaemon(true);
              return thread;
            });
    this.surroundings = new Surroundings(loops, blocking, settings, clock);
    new WakeWatch(blocking, clock, this::woken).start(loops.next());
  }

  private static AtServerSettings settings(AtServersConfig configuration) {
    return new AtServerSettings(
            AtServerSettings.paths(configuration.trust()),
            seconds(configuration.connectTimeoutSeconds(), 1, 60),
            seconds(configuration.answerTimeoutSeconds(), 3, 120),
            seconds(configuration.heartbeatSeconds(), 1, 60),
            seconds(configuration.selfTestSeconds(), 0, 3600),
            AtServerSettings.paths(configuration.state()).stream().findFirst())
        .sendingBy(configuration.sendCodec());
  }

  /** Within the bounds of the metatype, which nobody enforces before us in a bare framework. */
  private static Duration seconds(int configured, int least, int most) {
    return Duration.ofSeconds(Math.max(least, Math.min(most, configured)));
  }

  @Modified
  void change(AtServersConfig configuration) {
    surroundings.change(settings(configuration));
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindIdentities(Identities service) {
    surroundings.identitiesCame(service);
  }

  void unbindIdentities(Identities service) {
    surroundings.identitiesLeft(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindDirectory(AtDirectory service) {
    surroundings.directoryCame(service);
  }

  void unbindDirectory(AtDirectory service) {
    surroundings.directoryLeft(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindProxy(OutgoingProxy service) {
    wayOut.come(service);
  }

  void unbindProxy(OutgoingProxy service) {
    wayOut.go(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCodec(ValueCodec service, Map<String, Object> properties) {
    surroundings.codecs().came(service, properties);
  }

  void unbindCodec(ValueCodec service, Map<String, Object> properties) {
    surroundings.codecs().left(service, properties);
  }

  @Override
  public CompletionStage<AtServerSession> session(AtSign self) {
    requireNonNull(self, "self is null");
    CompletableFuture<Live> opening = sessions.computeIfAbsent(self, this::open);
    // What failed is not kept: whoever asks next tries again.
    return opening
        .whenComplete((live, failure) -> removeIf(failure != null, self, opening))
        .<AtServerSession>thenApply(Live::session)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(Failures.unwrapped(failure)));
  }

  private void removeIf(boolean failed, AtSign self, CompletableFuture<Live> opening) {
    if (failed) {
      sessions.remove(self, opening);
    }
  }

  /** What connections beside the sessions are made of. */
  Surroundings surroundings() {
    return surroundings;
  }

  private CompletableFuture<Live> open(AtSign self) {
    return CompletableFuture.supplyAsync(() -> ended.still(surroundings, self), blocking)
        .thenCompose(
            still ->
                still.isPresent() ? CompletableFuture.failedFuture(still.get()) : openAnew(self));
  }

  private CompletableFuture<Live> openAnew(AtSign self) {
    ReconnectingAtServerSession session =
        new ReconnectingAtServerSession(surroundings, self, reason -> over(self, reason));
    return session
        .open()
        .thenApply(
            opened -> {
              ended.inForce(self);
              return new Live(session, register.apply(new SessionHealth(session)));
            });
  }

  /** Our keys are taken no more; both links of a session may say so, and only the first counts. */
  private void over(AtSign self, EnrollmentEnded reason) {
    CompletableFuture<Live> opening = sessions.get(self);
    boolean stood = opening != null && opening.isDone() && !opening.isCompletedExceptionally();
    if (stood && sessions.remove(self, opening)) {
      opening.join().unregisterHealth.run();
    }
    CompletableFuture.runAsync(() -> ended.over(surroundings, self, reason, stood), blocking);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindObserver(EnrollmentObserver service) {
    ended.observerCame(service);
  }

  void unbindObserver(EnrollmentObserver service) {
    ended.observerLeft(service);
  }

  private void woken(String what) {
    if (!sessions.isEmpty()) {
      AtServerLog.woken(what);
    }
    sessions.values().forEach(opening -> opening.thenAccept(live -> live.session.woken()));
  }

  @Override
  public String component() {
    return NAME;
  }

  @Override
  public Health check() {
    long open =
        sessions.values().stream()
            .filter(each -> each.isDone() && !each.isCompletedExceptionally())
            .count();
    return ended
        .problem()
        .map(Health::degraded)
        .orElseGet(() -> Health.ok(open + " session(s); each has its own line"));
  }

  @Deactivate
  void stop() {
    AtServerUnavailable reason =
        new AtServerUnavailable("The session is closed: this part of the instance stops");
    sessions.values().forEach(opening -> opening.thenAccept(live -> end(live, reason)));
    sessions.clear();
    loops.close();
    blocking.shutdownNow();
  }

  private static void end(Live live, AtServerUnavailable reason) {
    live.session.close(reason);
    live.unregisterHealth.run();
  }
}
