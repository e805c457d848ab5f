package org.noports.device;

import static org.noports.device.Step.step;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.noports.api.Subscription;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.tunnel.StreamRequest;

/**
 * Asks again for sessions that run: when rules or evaluators have changed, and when a permit's time
 * is over. What is not permitted any more ends, and so does what has lasted as long as it may. Some
 * are asked for at a time, so that requests of now are not kept waiting by all that run.
 */
final class ReviewSessions implements AutoCloseable {
  /** How soon a change is seen; a look at a session is a few comparisons. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** An evaluator that is replaced is back by then: what it permitted is not cut meanwhile. */
  private static final Duration REPLACED = Duration.ofSeconds(5);

  private final Neighbours neighbours;
  private final Policy policy;
  private final Supplier<DeviceSettings> settings;
  private final DeviceSessions sessions;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private final AtomicInteger generation = new AtomicInteger();
  private final AskInTurn turns;
  private final Subscription changes;

  ReviewSessions(
      Neighbours neighbours,
      Policy policy,
      Supplier<DeviceSettings> settings,
      DeviceSessions sessions,
      Clock clock,
      ScheduledExecutorService thread) {
    this.neighbours = neighbours;
    this.policy = policy;
    this.settings = settings;
    this.sessions = sessions;
    this.clock = clock;
    this.thread = thread;
    this.turns = new AskInTurn(policy::all, thread);
    long millis = TICK.toMillis();
    thread.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    this.changes =
        neighbours
            .evaluators()
            .onPolicy(
                new Neighbours.PolicyListener() {
                  @Override
                  public void changed() {
                    ReviewSessions.this.changed(Duration.ZERO);
                  }

                  @Override
                  public void departed() {
                    ReviewSessions.this.changed(REPLACED);
                  }
                });
  }

  /** All that run are asked for again. */
  void changed(Duration after) {
    try {
      thread.schedule(
          () -> {
            generation.incrementAndGet();
            tick();
          },
          after.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The device is being stopped, and all its sessions end.
    }
  }

  /**
   * Which rules are in force, by number; what was asked before the number changed is asked again.
   */
  int generation() {
    return generation.get();
  }

  private void tick() {
    for (DeviceSession session : sessions.all()) {
      try {
        look(session);
      } catch (RuntimeException e) {
        // What cannot even be asked for is not permitted, and the others must not suffer from it.
        session.withdraw("it could not be asked whether it is still permitted: " + e);
      }
    }
  }

  private void look(DeviceSession session) {
    Permission permission = session.permission();
    if (permission.isUsedUp()) {
      session.withdraw(
          "it has lasted as long as rule '" + permission.permit().rule() + "' permits");
    } else if (permission.isDue(clock.instant(), generation()) && session.review()) {
      review(session);
    }
  }

  private void review(DeviceSession session) {
    int by = generation();
    DeviceSettings device = settingsOf(session.asked());
    AccessRequest question = session.asked().question(device, session.facts().level());
    inTurn(question, session.addresses(), device)
        .thenCompose(step(answers -> permit(session, device, answers)))
        .handleAsync(
            (permit, failure) -> {
              session.reviewed();
              conclude(session, permit, failure, by);
              return null;
            },
            thread);
  }

  private Optional<Decision.Permit> permit(
      DeviceSession session, DeviceSettings device, List<Policy.Answer> answers) throws Refusal {
    Guards.permittedByDevice(device, new StreamRequest.Connect(session.asked().target()));
    if (session.isElsewhere(answers.get(0).request().circumstances().observed())) {
      // A link came while it was asked: asked again, it is told where the client is.
      return Optional.empty();
    }
    Optional<Policy.Ruled> ruled = Policy.ruled(answers);
    if (ruled.isEmpty()) {
      Decision no = answers.get(0).decision();
      if (Policy.isUndecided(no)) {
        return Optional.empty();
      }
      throw Refusal.silent(no.rule(), Policy.reason(no));
    }
    session.asked().sighted().waitedFor(ruled.get().waits());
    Decision.Permit permit = ruled.get().permit();
    Guards.fulfillable(permit, Optional.of(session.asked().target()), neighbours);
    if (permit.obligations().record() && !session.permission().beganRecorded()) {
      throw Refusal.unrecorded(permit.rule(), RecordedStreams.BEGAN_WITHOUT);
    }
    MeetRequirement.stillMet(permit, device, session.standing());
    if (!Guards.covers(permit, answers.get(0).request())) {
      throw Refusal.silent(permit.rule(), "it names other places now");
    }
    return Optional.of(permit);
  }

  private void conclude(
      DeviceSession session, Optional<Decision.Permit> permit, Throwable failure, int by) {
    if (failure != null) {
      Throwable cause = Step.cause(failure);
      String rule = cause instanceof Refusal no ? no.rule() : "not-decided";
      session.withdraw("it is not permitted any more: rule '" + rule + "', " + cause.getMessage());
    } else if (permit.isEmpty()) {
      if (session.permission().silent()
          && (!policy.isAbsent() || session.permission().isOver(clock.instant()))) {
        session.withdraw(
            "the policy could not be asked whether it is still permitted for "
                + TimeUnit.NANOSECONDS.toSeconds(Permission.PATIENCE_NANOS)
                + " s");
      }
    } else {
      session.permission().renew(permit.get(), clock.instant(), by);
      session.end().review();
    }
  }

  /** What was asked when a link of it stood. */
  void settled(DeviceSession session, Permitted again) {
    session.permission().renew(again.permit(), clock.instant(), again.generation());
    session.end().review();
  }

  private DeviceSettings settingsOf(Asked asked) {
    try {
      return settings.get();
    } catch (NoSuchElementException e) {
      // It rests, and hears nobody new.
      return asked.device();
    }
  }

  /**
   * Asks when fewer than {@link AskInTurn#AT_ONCE} other questions are being asked; what is asked
   * for several, and was not asked yet, is asked once.
   */
  CompletionStage<List<Policy.Answer>> inTurn(
      AccessRequest question, List<InetAddress> addresses, DeviceSettings device) {
    return turns.ask(question, addresses, device.policyTimeout());
  }

  @Override
  public void close() {
    changes.close();
  }
}
