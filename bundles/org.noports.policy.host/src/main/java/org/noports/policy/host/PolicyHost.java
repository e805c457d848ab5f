package org.noports.policy.host;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.EnrollmentEnded;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.EnrollmentObserver;
import org.noports.api.atserver.Notification;
import org.noports.api.audit.Audit;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.Identities;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RuleBooks;
import org.noports.api.policy.fence.PlugIn;
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
 * The policy service of one atSign: translates its configuration, holds what it needs of others,
 * and lets {@link AnswerQuestions} answer. One object from start to stop.
 */
@Component(
    service = {EnrollmentObserver.class, HealthCheck.class},
    immediate = true,
    configurationPid = PolicyHost.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HostConfig.class)
public final class PolicyHost implements EnrollmentObserver, HealthCheck {
  static final String PID = "org.noports.policy.host";

  private final HostThreads threads = HostThreads.start();
  private final Evaluators evaluators = new Evaluators(this::quarantined, this::changed);
  private final AnswerQuestions questions;
  private final PolicyHostAudit records;
  private final PushSnapshots snapshots;
  private volatile Optional<Audit> audit = Optional.empty();
  private volatile Optional<RuleBooks> books = Optional.empty();
  private volatile Optional<Identities> identities = Optional.empty();
  private Optional<AtServers> atServers = Optional.empty();
  private volatile Optional<HostSettings> settings = Optional.empty();
  private Optional<Hearing> hearing = Optional.empty();
  private volatile String problem = "";

  public PolicyHost() {
    this(Clock.systemUTC());
  }

  /** For tests, which bring their own time. */
  PolicyHost(Clock clock) {
    AskEvaluators asked = new AskEvaluators(evaluators::all, threads.evaluators());
    this.records = new PolicyHostAudit(() -> audit, clock);
    this.questions =
        new AnswerQuestions(
            asked, new AskForOthers(asked, () -> books, threads.evaluators()), records, clock);
    this.snapshots = new PushSnapshots(() -> books, () -> identities, clock);
  }

  @Activate
  @Modified
  synchronized void configure(HostConfig config) {
    try {
      Optional<HostSettings> next = HostSettings.of(config);
      boolean moved = !next.map(HostSettings::atSign).equals(settings.map(HostSettings::atSign));
      settings = next;
      problem = "";
      next.ifPresent(PolicyHostLog::configured);
      if (moved) {
        listen();
      }
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      PolicyHostLog.unreadable(problem);
    }
  }

  @Deactivate
  synchronized void deactivate() {
    settings = Optional.empty();
    hearing.ifPresent(Hearing::close);
    threads.close();
  }

  private void listen() {
    hearing.ifPresent(Hearing::close);
    hearing =
        settings.flatMap(
            now ->
                atServers.map(
                    service ->
                        new Hearing(
                            service,
                            now.atSign(),
                            PolicyHost::isForUs,
                            threads.own(),
                            this::hear)));
    hearing.ifPresent(Hearing::start);
  }

  private static boolean isForUs(String name) {
    return AnswerQuestions.isQuestion(name) || PushSnapshots.isHeartbeat(name);
  }

  private void hear(AtServerSession post, Notification message) {
    settings.ifPresent(
        now -> {
          questions.hear(post, now, message);
          snapshots.hear(post, now, message);
        });
  }

  private void quarantined(PlugIn bundle, String why) {
    PolicyHostLog.quarantined(why);
    records.quarantined(bundle, why);
    changed();
  }

  /** The rules of this machine are others now. */
  private synchronized void changed() {
    Optional<AtServerSession> post = hearing.flatMap(Hearing::session);
    if (post.isPresent() && settings.isPresent()) {
      HostSettings now = settings.get();
      threads.own().execute(() -> snapshots.changed(post.get(), now));
    }
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

  /** Not the one that asks others: a question must not go round. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      target = "(!(" + PolicyEvaluator.NAME + "=remote))")
  void bindEvaluator(PolicyEvaluator service, Map<String, Object> properties) {
    evaluators.arrived(service, properties);
  }

  void unbindEvaluator(PolicyEvaluator service) {
    evaluators.left(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindBooks(RuleBooks service) {
    books = Optional.of(service);
    changed();
  }

  synchronized void unbindBooks(RuleBooks service) {
    if (books.equals(Optional.of(service))) {
      books = Optional.empty();
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

  /** The session is over for good: asks for another one. */
  @Override
  public synchronized void ended(AtSign self, EnrollmentEnded reason) {
    if (settings.filter(ours -> ours.atSign().equals(self)).isPresent()) {
      listen();
    }
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public synchronized Health check() {
    if (!problem.isEmpty()) {
      return settings.isEmpty()
          ? Health.down(problem)
          : Health.degraded(problem + "; the settings before it stay in force");
    }
    if (settings.isEmpty()) {
      return Health.ok("No policy service here; to have one set atSign in etc/" + PID + ".cfg");
    }
    if (evaluators.all().isEmpty()) {
      return Health.down("Denies everybody: no policy evaluator is here; install noports-policy");
    }
    Optional<String> deaf =
        hearing.isPresent()
            ? hearing.get().problem()
            : Optional.of("org.noports.atserver is not running here");
    Optional<String> unsent = Optional.of(snapshots.problem()).filter(why -> !why.isEmpty());
    return deaf.map(why -> "Cannot hear devices: " + why)
        .or(evaluators::trouble)
        .or(() -> unsent)
        .map(Health::degraded)
        .orElseGet(() -> well(settings.get()));
  }

  private static Health well(HostSettings now) {
    return now.devices().filter(Set::isEmpty).isPresent()
        ? Health.degraded("Answers nobody: set devices in etc/" + PID + ".cfg")
        : Health.ok(now.atSign() + " decides for devices of " + now.served());
  }
}
