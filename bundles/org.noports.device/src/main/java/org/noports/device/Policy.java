package org.noports.device;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;

/**
 * Asks the evaluator and denies by default: none there, an error, a late answer or none at all is a
 * silent {@link Refusal}. The evaluator runs on threads of its own, since it may be anybody's code.
 */
final class Policy {
  private final Neighbours neighbours;
  private final Executor evaluators;

  Policy(Neighbours neighbours, Executor evaluators) {
    this.neighbours = neighbours;
    this.evaluators = evaluators;
  }

  /** The permit, or a {@link Refusal} that names the rule. */
  CompletionStage<Decision.Permit> decide(AccessRequest request, Duration within) {
    Optional<PolicyEvaluator> evaluator = neighbours.policy();
    if (evaluator.isEmpty()) {
      return deny(
          "no-policy", "no policy evaluator is running here; install org.noports.policy.rules");
    }
    return ask(evaluator.get(), request)
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .handle(Policy::judged)
        .thenCompose(decision -> decision);
  }

  private CompletableFuture<Decision> ask(PolicyEvaluator evaluator, AccessRequest request) {
    try {
      return CompletableFuture.supplyAsync(() -> evaluator.decide(request), evaluators)
          .thenCompose(decision -> decision);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<Decision.Permit> judged(Decision decision, Throwable failure) {
    if (failure != null) {
      return Step.cause(failure) instanceof TimeoutException
          ? deny("policy-timeout", "the policy evaluator did not decide in time")
          : deny("policy-error", "the policy evaluator failed: " + Step.cause(failure));
    }
    if (decision instanceof Decision.Permit permit) {
      return CompletableFuture.completedFuture(permit);
    }
    return decision instanceof Decision.Deny no
        ? deny(no.rule(), no.reason())
        : deny("policy-error", "the policy evaluator decided nothing");
  }

  private static CompletionStage<Decision.Permit> deny(String rule, String reason) {
    return CompletableFuture.failedFuture(Refusal.silent(rule, reason));
  }
}
