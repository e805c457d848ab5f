package org.noports.policy.remote;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.protocol.policy.AuthAnswer;

/** Decides by what the policy service answers now, or answered to the same a moment ago. */
final class AskOrRemember {
  /** In place of a rule, if the service cannot be asked. */
  static final String UNREACHABLE = "policy-unreachable";

  /** In place of a rule, if the service is there and does not answer. */
  static final String REFUSED = "policy-refused";

  private final AskService service;
  private final RememberedAnswers remembered;
  private final AtomicReference<Optional<String>> gone = new AtomicReference<>(Optional.empty());

  AskOrRemember(AskService service, RememberedAnswers remembered) {
    this.service = service;
    this.remembered = remembered;
  }

  CompletionStage<Decision> decide(RemoteSettings settings, AccessRequest request) {
    Optional<Decision> known = remembered.find(request);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known.get())
        : service
            .ask(settings, request)
            .handle((answer, failure) -> judge(settings, request, answer, failure));
  }

  private Decision judge(
      RemoteSettings settings, AccessRequest request, AuthAnswer answer, Throwable failure) {
    if (failure == null) {
      answers(settings);
      Decision decision = ReadAnswer.of(settings.policy(), answer);
      remembered.keep(request, answer.ruling().isPresent(), decision, settings.keep());
      return decision;
    }
    Throwable cause = Causes.of(failure);
    if (cause instanceof ServiceRefused) {
      answers(settings);
      return new Decision.Deny(
          REFUSED, settings.policy() + " does not answer this question: " + cause.getMessage());
    }
    String why = silence(settings, cause);
    if (gone.getAndSet(Optional.of(why)).isEmpty()) {
      PolicyRemoteLog.gone(settings.policy(), why);
    }
    return new Decision.Deny(UNREACHABLE, settings.policy() + " does not answer: " + why);
  }

  private void answers(RemoteSettings settings) {
    if (gone.getAndSet(Optional.empty()).isPresent()) {
      PolicyRemoteLog.back(settings.policy());
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
