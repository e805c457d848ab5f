package org.noports.policy.remote;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.EnrollmentEnded;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.EnrollmentObserver;
import org.noports.api.atserver.Notification;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.protocol.policy.RpcNames;
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
 * The evaluator that asks a policy atSign; one object from start to stop. Without one in its
 * configuration it says nothing about anybody.
 */
@Component(
    service = {PolicyEvaluator.class, EnrollmentObserver.class, HealthCheck.class},
    immediate = true,
    configurationPid = RemotePolicy.PID,
    property = PolicyEvaluator.NAME + "=remote")
@Designate(ocd = RemoteConfig.class)
public final class RemotePolicy implements PolicyEvaluator, EnrollmentObserver, HealthCheck {
  static final String PID = "org.noports.policy.remote";

  private static final CompletionStage<Decision> NOBODY_ASKED =
      CompletableFuture.completedFuture(
          new Decision.Abstain("no-policy-service", "policyAtSign is not set in etc/" + PID));

  private final OpenQuestions open = new OpenQuestions();
  private final Posts posts = new Posts(RemotePolicy::isForUs, this::hear);
  private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
  private final Snapshots snapshots;
  private final Heartbeats heartbeats;
  private final AskOrRemember asking;
  private volatile Optional<RemoteSettings> settings = Optional.empty();
  private volatile String problem = "";

  @Activate
  public RemotePolicy(@Reference Neighbours neighbours) {
    this(neighbours, Clock.systemUTC());
  }

  /** For tests, which bring their own time. */
  RemotePolicy(Neighbours neighbours, Clock clock) {
    this.snapshots = new Snapshots(neighbours, clock);
    this.heartbeats = new Heartbeats(posts, snapshots, () -> settings, this::changed);
    this.asking =
        new AskOrRemember(
            new AskService(posts, open),
            new RememberedAnswers(clock),
            snapshots,
            clock,
            this::changed);
  }

  private static boolean isForUs(String name) {
    return RpcNames.ofResponse(name).isPresent() || RpcNames.ofSnapshot(name).isPresent();
  }

  private void hear(AtSign self, Notification message) {
    open.hear(self, message);
    heartbeats.hear(self, message);
  }

  /** Answers may be others from now on. */
  private void changed() {
    asking.changed();
    listeners.values().forEach(Runnable::run);
  }

  @Activate
  @Modified
  synchronized void configure(RemoteConfig config) {
    try {
      settings = RemoteSettings.of(config);
      problem = "";
      settings.ifPresent(PolicyRemoteLog::configured);
      heartbeats.again();
      changed();
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      PolicyRemoteLog.unreadable(problem);
    }
  }

  @Deactivate
  void deactivate() {
    heartbeats.close();
    posts.close();
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    if (settings.isEmpty()) {
      return NOBODY_ASKED;
    }
    heartbeats.meet(request);
    RemoteSettings now = settings.get();
    // Behind what is read for a device when it is met.
    return CompletableFuture.supplyAsync(() -> asking.decide(now, request), heartbeats.thread())
        .thenCompose(decision -> decision);
  }

  @Override
  public Subscription onChange(Runnable listener) {
    Object key = new Object();
    listeners.put(key, listener);
    return () -> listeners.remove(key);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindAtServers(AtServers service) {
    posts.use(Optional.of(service));
    heartbeats.again();
  }

  synchronized void unbindAtServers(AtServers service) {
    posts.leave(service);
  }

  @Override
  public void ended(AtSign self, EnrollmentEnded reason) {
    posts.forget(self);
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
    if (settings.isEmpty()) {
      return Health.ok(
          "No policy service is asked; to ask one set policyAtSign in etc/" + PID + ".cfg");
    }
    return asking
        .gone()
        .map(why -> withoutAnswer(settings.get(), why))
        .orElseGet(() -> answered(settings.get()));
  }

  private Health withoutAnswer(RemoteSettings now, String why) {
    String silent = now.policy() + " does not answer: " + why;
    return snapshots
        .countUntil(now)
        .map(end -> Health.degraded("Decides by the rules of before, until " + end + ": " + silent))
        .orElseGet(() -> Health.down("Denies everybody: " + silent));
  }

  private Health answered(RemoteSettings now) {
    String refused = snapshots.refused();
    return refused.isEmpty()
        ? Health.ok(now.policy() + " is asked about clients")
        : Health.degraded(
            now.policy() + " is asked; the rules that it sent are not taken: " + refused);
  }
}
