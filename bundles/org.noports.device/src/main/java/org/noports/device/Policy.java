package org.noports.device;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.CombineDecisions;
import org.noports.api.policy.Decision;
import org.noports.device.Neighbours.Evaluator;

/**
 * Asks all evaluators and denies by default: none there, an error, a late answer or none at all of
 * any of them is a no. They run on threads of their own, since they may be anybody's code.
 */
final class Policy {
  private static final String NONE = "no-policy";
  private static final String LATE = "policy-timeout";
  private static final String FAILED = "policy-error";

  private final Neighbours neighbours;
  private final Executor threads;

  Policy(Neighbours neighbours, Executor threads) {
    this.neighbours = neighbours;
    this.threads = threads;
  }

  /** The permit, or a {@link Refusal} that names the rule. */
  CompletionStage<Decision.Permit> decide(AccessRequest request, Duration within) {
    return ask(request, within).thenCompose(Policy::permit);
  }

  /** The answer of all, as {@link CombineDecisions} makes it; the stage never fails. */
  CompletionStage<Decision> ask(AccessRequest request, Duration within) {
    List<CompletableFuture<Decision>> asked =
        neighbours.evaluators().stream().map(each -> ask(each, request, within)).toList();
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(
          new Decision.Deny(
              NONE, "no policy evaluator is running here; install org.noports.policy.rules"));
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> CombineDecisions.of(asked.stream().map(CompletableFuture::join).toList()));
  }

  /** Whether nobody could say, so that a no is none of the rules'. */
  static boolean isUndecided(Decision decision) {
    return Set.of(NONE, LATE, FAILED).contains(decision.rule());
  }

  private CompletableFuture<Decision> ask(
      Evaluator evaluator, AccessRequest request, Duration within) {
    CompletableFuture<Decision> answer;
    try {
      answer =
          CompletableFuture.supplyAsync(() -> evaluator.service().decide(request), threads)
              .thenCompose(decision -> decision);
    } catch (RejectedExecutionException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .handle((decision, failure) -> judged(evaluator.name(), request, decision, failure));
  }

  private static Decision judged(
      String name, AccessRequest request, Decision decision, Throwable failure) {
    if (failure != null) {
      return Step.cause(failure) instanceof TimeoutException
          ? new Decision.Deny(LATE, "the policy evaluator " + name + " did not decide in time")
          : new Decision.Deny(
              FAILED, "the policy evaluator " + name + " failed: " + Step.cause(failure));
    }
    if (decision == null) {
      return new Decision.Deny(FAILED, "the policy evaluator " + name + " decided nothing");
    }
    boolean waitsForNothing =
        decision instanceof Decision.Later && !request.circumstances().observed().pending();
    return waitsForNothing
        ? new Decision.Deny(
            decision.rule(), "the policy evaluator " + name + " waits for what has been told")
        : decision;
  }

  private static CompletionStage<Decision.Permit> permit(Decision decision) {
    if (decision instanceof Decision.Permit permit) {
      return CompletableFuture.completedFuture(permit);
    }
    return CompletableFuture.failedFuture(Refusal.silent(decision.rule(), reason(decision)));
  }

  /** For the administrator's log. */
  static String reason(Decision decision) {
    if (decision instanceof Decision.Deny no) {
      return no.reason();
    }
    if (decision instanceof Decision.Later later) {
      return later.reason();
    }
    return decision instanceof Decision.Abstain nobody ? nobody.reason() : "permitted";
  }
}
