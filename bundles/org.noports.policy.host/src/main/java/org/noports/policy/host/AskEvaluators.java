package org.noports.policy.host;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.Causes;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.CombineDecisions;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;

/**
 * Asks all evaluators of this process, on threads of their own, and combines what they say: an
 * error, a late answer or none at all of any is a no.
 */
final class AskEvaluators {
  private final Supplier<List<PolicyEvaluator>> evaluators;
  private final Executor threads;

  AskEvaluators(Supplier<List<PolicyEvaluator>> evaluators, Executor threads) {
    this.evaluators = evaluators;
    this.threads = threads;
  }

  /** The answer of all; the stage never fails. */
  CompletionStage<Decision> ask(AccessRequest request, Duration within) {
    List<CompletableFuture<Decision>> asked =
        evaluators.get().stream().map(each -> ask(each, request, within)).toList();
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(
          Decision.Deny.undecided("no-policy", "no policy evaluator is there"));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> CombineDecisions.of(asked.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<Decision> ask(
      PolicyEvaluator evaluator, AccessRequest request, Duration within) {
    CompletableFuture<Decision> answer;
    try {
      answer =
          CompletableFuture.supplyAsync(() -> evaluator.decide(request), threads)
              .thenCompose(decision -> decision);
    } catch (RejectedExecutionException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (decision, failure) ->
                failure == null && decision != null
                    ? decision
                    : Decision.Deny.undecided(
                        "policy-error", "an evaluator did not decide: " + Causes.of(failure)));
  }
}
