package org.noports.policy.remote;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.EnrollmentEnded;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.EnrollmentObserver;
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
  private final Posts posts = new Posts(name -> RpcNames.ofResponse(name).isPresent(), open::hear);
  private final AskOrRemember asking;
  private volatile Optional<RemoteSettings> settings = Optional.empty();
  private volatile String problem = "";

  public RemotePolicy() {
    this(Clock.systemUTC());
  }

  /** For tests, which bring their own time. */
  RemotePolicy(Clock clock) {
    this.asking = new AskOrRemember(new AskService(posts, open), new RememberedAnswers(clock));
  }

  @Activate
  @Modified
  synchronized void configure(RemoteConfig config) {
    try {
      settings = RemoteSettings.of(config);
      problem = "";
      asking.changed();
      settings.ifPresent(PolicyRemoteLog::configured);
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      PolicyRemoteLog.unreadable(problem);
    }
  }

  @Deactivate
  void deactivate() {
    posts.close();
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    return settings.map(now -> asking.decide(now, request)).orElse(NOBODY_ASKED);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindAtServers(AtServers service) {
    posts.use(Optional.of(service));
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
    AtSign policy = settings.get().policy();
    return asking
        .gone()
        .map(why -> Health.down("Denies everybody: " + policy + " does not answer: " + why))
        .orElseGet(() -> Health.ok(policy + " is asked about clients"));
  }
}
