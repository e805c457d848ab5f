package org.noports.policy.remote;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.Causes;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.protocol.policy.AuthAnswer;

/**
 * Decides by what the policy service answers now, or answered to the same a moment ago; while it
 * does not answer, by the last rules that it signed, if they are young enough.
 */
final class AskOrRemember {
  /** In place of a rule, if the service cannot be asked. */
  static final String UNREACHABLE = "policy-unreachable";

  /** In place of a rule, if the service is there and does not answer. */
  static final String REFUSED = "policy-refused";

  private final AskService service;
  private final RememberedAnswers remembered;
  private final Snapshots snapshots;
  private final Clock clock;
  private final Runnable back;
  private final AtomicBoolean probing = new AtomicBoolean();
  private final AtomicReference<Optional<String>> gone = new AtomicReference<>(Optional.empty());

  /**
   * @param back runs when the service answers again
   */
  AskOrRemember(
      AskService service,
      RememberedAnswers remembered,
      Snapshots snapshots,
      Clock clock,
      Runnable back) {
    this.service = service;
    this.remembered = remembered;
    this.snapshots = snapshots;
    this.clock = clock;
    this.back = back;
  }

  CompletionStage<Decision> decide(RemoteSettings settings, AccessRequest request) {
    Optional<Decision> known = remembered.find(request);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get());
    }
    // Whoever waits for a service that did not answer a moment ago waits for nothing.
    Optional<Decision> meanwhile =
        gone().isPresent() ? snapshots.decide(settings, request) : Optional.empty();
    if (meanwhile.isEmpty()) {
      return ask(settings, request);
    }
    if (probing.compareAndSet(false, true)) {
      ask(settings, request).whenComplete((decision, failure) -> probing.set(false));
    }
    return CompletableFuture.completedFuture(meanwhile.get());
  }

  private CompletionStage<Decision> ask(RemoteSettings settings, AccessRequest request) {
    int asked = remembered.forgotten();
    return service
        .ask(settings, request)
        .handle((answer, failure) -> judge(settings, request, asked, answer, failure));
  }

  private Decision judge(
      RemoteSettings settings,
      AccessRequest request,
      int asked,
      AuthAnswer answer,
      Throwable failure) {
    if (failure == null) {
      answers(settings);
      Decision decision = again(settings, ReadAnswer.of(settings.policy(), answer));
      remembered.keep(asked, request, answer.ruling().isPresent(), decision, settings.keep());
      return decision;
    }
    Throwable cause = Causes.of(failure);
    if (cause instanceof ServiceRefused refused) {
      answers(settings);
      String why = settings.policy() + " does not answer this question: " + cause.getMessage();
      return refused.failed()
          ? Decision.Deny.undecided(REFUSED, why)
          : new Decision.Deny(REFUSED, why);
    }
    String why = silence(settings, cause);
    if (gone.getAndSet(Optional.of(why)).isEmpty()) {
      PolicyRemoteLog.gone(settings.policy(), why);
    }
    return snapshots
        .decide(settings, request)
        .orElseGet(
            () ->
                Decision.Deny.undecided(
                    UNREACHABLE,
                    settings.policy()
                        + " does not answer, and no rules of it are here that are young enough: "
                        + why));
  }

  /** What a service withdraws without telling is asked for again in time. */
  private Decision again(RemoteSettings settings, Decision decision) {
    return decision instanceof Decision.Permit permit
        ? permit.atMostUntil(clock.instant().plus(settings.again()))
        : decision;
  }

  private void answers(RemoteSettings settings) {
    if (gone.getAndSet(Optional.empty()).isPresent()) {
      PolicyRemoteLog.back(settings.policy());
      back.run();
    }
  }

  private static String silence(RemoteSettings settings, Throwable cause) {
    return cause instanceof TimeoutException
        ? "nothing was heard of it for " + settings.ask().toSeconds() + " s"
        : String.valueOf(cause.getMessage());
  }

  /** Why the service does not answer, if it did not the last time. */
  Optional<String> gone() {
    return gone.get();
  }

  /** What was answered counts no more. */
  void changed() {
    remembered.forget();
  }
}
