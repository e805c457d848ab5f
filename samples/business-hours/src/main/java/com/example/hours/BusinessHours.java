package com.example.hours;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.Subscription;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;

/**
 * Forbids everything but pings outside the hours of its configuration; within them others decide.
 * Sessions that run end when the hours do: it says so, and the device asks again.
 */
@Component(
    service = {PolicyEvaluator.class, HealthCheck.class},
    immediate = true,
    configurationPid = BusinessHours.PID,
    property = PolicyEvaluator.NAME + "=" + BusinessHours.RULE)
public final class BusinessHours implements PolicyEvaluator, HealthCheck {
  static final String PID = "com.example.hours";
  static final String RULE = "business-hours";

  /** How late sessions end after the hours do, or a clock that was set. */
  private static final long LOOK_MILLIS = 1000;

  /** Keys of {@code etc/com.example.hours.cfg}. */
  public @interface Config {
    /** Days on which the hours begin; none for never. */
    String days() default "mon,tue,wed,thu,fri";

    String from() default "08:00";

    String to() default "18:00";

    String zone() default "UTC";
  }

  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, PID));
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<Hours> hours = Optional.empty();
  private volatile String problem = "its configuration was not read yet";
  private boolean wereOpen;

  public BusinessHours() {
    this(Clock.systemUTC());
  }

  /** For tests. */
  BusinessHours(Clock clock) {
    this.clock = clock;
    timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A change takes effect with the next question, and this object stays. */
  @Activate
  @Modified
  synchronized void configure(Config config) {
    try {
      hours = Optional.of(Hours.of(config));
      problem = "";
    } catch (IllegalArgumentException e) {
      // What its owner wanted is not known: closed.
      hours = Optional.empty();
      problem = "etc/" + PID + ".cfg: " + e.getMessage();
    }
    wereOpen = areOpen(clock.instant());
    listeners.forEach(Runnable::run);
  }

  @Deactivate
  void stop() {
    timer.shutdownNow();
  }

  private synchronized void look() {
    boolean areOpen = areOpen(clock.instant());
    if (areOpen != wereOpen) {
      wereOpen = areOpen;
      listeners.forEach(Runnable::run);
    }
  }

  private boolean areOpen(Instant at) {
    return hours.filter(known -> known.areOpen(at)).isPresent();
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    // Who asks whether the device is there is answered: a refusal can be told, silence cannot.
    boolean ping = request.kind() == RequestKind.PING;
    // By the clock of whoever enforces the answer.
    return CompletableFuture.completedFuture(
        ping || areOpen(request.circumstances().at())
            ? new Decision.Abstain(RULE, "others decide")
            : new Decision.Deny(RULE, said()));
  }

  private String said() {
    return hours.map(known -> "open " + known).orElse(problem);
  }

  @Override
  public Subscription onChange(Runnable changed) {
    Runnable listener = changed::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    return hours.isEmpty()
        ? Health.down("Denies everybody: " + problem)
        : Health.ok(
            (areOpen(clock.instant()) ? "Open" : "Closed: denies everybody") + "; " + said());
  }
}
