package org.noports.device;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.audit.AuditEvent;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.CombineDecisions;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.fence.Asked;

/**
 * Asks all evaluators and denies by default: none there, an error, a late answer or none at all of
 * any of them is a no. They run on threads of their own, since they may be anybody's code.
 */
final class Policy {
  private static final String NONE = "no-policy";
  private static final String LATE = "policy-timeout";
  private static final String FAILED = "policy-error";
  private static final String ABSENT = "policy-absent";

  private final Neighbours neighbours;
  private final Executor threads;
  private final Clock clock;
  private final Supplier<Set<String>> required;

  /**
   * @param threads of evaluators, for ours
   * @param required names of evaluators without which everything is denied
   */
  Policy(Neighbours neighbours, Executor threads, Clock clock, Supplier<Set<String>> required) {
    this.neighbours = neighbours;
    this.threads = threads;
    this.clock = clock;
    this.required = required;
  }

  /**
   * What was permitted.
   *
   * @param permit how
   * @param addresses those of the target's that are permitted; empty if it has none
   * @param waits whether it is for the links only, and the same is asked again when they stand
   */
  record Ruled(Decision.Permit permit, List<InetAddress> addresses, boolean waits) {
    Ruled {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * The permit, or a silent {@link Refusal} that names the rule. What depends on where the client
   * is has been permitted so far.
   */
  CompletionStage<Decision.Permit> decide(AccessRequest asked, Duration within) {
    AccessRequest request = now(asked);
    return ask(request, within)
        .thenCompose(
            decision -> {
              record(request, decision, Optional.empty());
              Optional<Decision.Permit> permit = permitted(request, decision);
              return permit.isPresent()
                  ? CompletableFuture.completedFuture(permit.get())
                  : CompletableFuture.failedFuture(
                      Refusal.silent(decision.rule(), reason(decision)));
            });
  }

  /**
   * Decides on each of the target's addresses; one that is permitted is enough. Otherwise a {@link
   * Refusal}, which clients that an evaluator knows are told.
   */
  CompletionStage<Ruled> admit(
      AccessRequest request, List<InetAddress> addresses, DeviceSettings device, SessionId id) {
    return all(request, addresses, device.policyTimeout())
        .thenCompose(
            answers -> {
              answers.forEach(each -> record(each.request(), each.decision(), Optional.of(id)));
              Optional<Ruled> ruled = ruled(answers);
              return ruled.isPresent()
                  ? CompletableFuture.completedFuture(ruled.get())
                  : CompletableFuture.failedFuture(
                      refusal(request, answers.get(0).decision(), device));
            });
  }

  /** By the device's own clock, which tells when a permit is over as well. */
  private AccessRequest now(AccessRequest request) {
    return request.under(request.circumstances().when(clock.instant()));
  }

  /** A question and its answer. */
  record Answer(AccessRequest request, Decision decision) {
    /** The same if it is a yes, or one as long as no link stands. */
    Optional<Answer> permitted() {
      return Policy.permitted(request, decision).map(permit -> new Answer(request, permit));
    }
  }

  /** Asks for each address, or once if there is none. */
  CompletionStage<List<Answer>> all(
      AccessRequest asked, List<InetAddress> addresses, Duration within) {
    AccessRequest request = now(asked);
    List<AccessRequest> questions =
        addresses.isEmpty()
            ? List.of(request)
            : addresses.stream()
                .map(address -> request.under(request.circumstances().resolved(address)))
                .toList();
    List<CompletableFuture<Answer>> answers =
        questions.stream()
            .map(each -> ask(each, within).thenApply(said -> new Answer(each, said)))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
  }

  /** What of it is permitted; empty if nothing is. */
  static Optional<Ruled> ruled(List<Answer> answers) {
    boolean waits = answers.stream().anyMatch(each -> each.decision() instanceof Decision.Later);
    List<Answer> yes = answers.stream().flatMap(each -> each.permitted().stream()).toList();
    // A permit that names other places opens no address; alone it says what it names.
    List<Answer> covering =
        yes.stream()
            .filter(each -> Guards.covers((Decision.Permit) each.decision(), each.request()))
            .toList();
    List<Answer> count = covering.isEmpty() ? yes : covering;
    return yes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Ruled(
                (Decision.Permit)
                    CombineDecisions.of(count.stream().map(Answer::decision).toList()),
                count.stream()
                    .flatMap(each -> each.request().circumstances().address().stream())
                    .toList(),
                waits));
  }

  /** The permit; if it is to be decided later, one for what was asked and nothing else. */
  private static Optional<Decision.Permit> permitted(AccessRequest request, Decision decision) {
    if (decision instanceof Decision.Later later) {
      return Optional.of(
          new Decision.Permit(
              later.rule(),
              request.target().map(Policy::place).stream().toList(),
              Obligations.NONE,
              later.revision(),
              Optional.empty()));
    }
    return decision instanceof Decision.Permit permit ? Optional.of(permit) : Optional.empty();
  }

  private static PermitOpen place(Target target) {
    return target instanceof Target.Service service
        ? new PermitOpen(false, "service", service.name())
        : new PermitOpen(false, target.wireHost(), Integer.toString(target.wirePort()));
  }

  /** A stranger hears nothing; neither does anybody of a device that does not tell. */
  Refusal refusal(AccessRequest request, Decision no, DeviceSettings device) {
    boolean told = device.tellRefusals() && neighbours.evaluators().knows(request.client());
    return told
        ? Refusal.byRule(no.rule(), device.address(), reason(no))
        : Refusal.silent(no.rule(), reason(no));
  }

  private void record(AccessRequest request, Decision decision, Optional<SessionId> session) {
    Map<String, String> details = new LinkedHashMap<>();
    session.ifPresent(id -> details.put("session", id.toString()));
    Decision effective =
        decision instanceof Decision.Permit permit && !Guards.covers(permit, request)
            ? new Decision.Deny("permit-open", permit.rule() + " names other places")
            : decision;
    details.putAll(new PastDecision(request, effective).details());
    details.put("reason", reason(decision));
    neighbours.record(new AuditEvent(clock.instant(), PastDecision.EVENT, details));
  }

  /** The answer of all, as {@link CombineDecisions} makes it; the stage never fails. */
  private CompletionStage<Decision> ask(AccessRequest request, Duration within) {
    List<Asked> present = neighbours.evaluators().all();
    Optional<String> missing = Evaluators.missing(present, required.get());
    if (missing.isPresent()) {
      return CompletableFuture.completedFuture(Decision.Deny.undecided(ABSENT, missing.get()));
    }
    List<CompletableFuture<Decision>> answers =
        present.stream().map(each -> ask(each, request, within)).toList();
    if (answers.isEmpty()) {
      return CompletableFuture.completedFuture(
          Decision.Deny.undecided(
              NONE, "no policy evaluator is running here; install org.noports.policy.rules"));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> CombineDecisions.of(answers.stream().map(CompletableFuture::join).toList()));
  }

  /** Whether there is nobody to ask. */
  boolean isAbsent() {
    return neighbours.evaluators().all().isEmpty();
  }

  /** Whether nobody could say, so that a no is none of the rules'. */
  static boolean isUndecided(Decision decision) {
    return decision instanceof Decision.Deny no && no.undecided();
  }

  private CompletableFuture<Decision> ask(Asked asked, AccessRequest request, Duration within) {
    CompletableFuture<Decision> answer;
    try {
      answer =
          CompletableFuture.supplyAsync(() -> asked.evaluator().decide(request), threads)
              .thenCompose(decision -> decision);
    } catch (RejectedExecutionException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .handle((decision, failure) -> judged(asked.name(), request, decision, failure));
  }

  private static Decision judged(
      String name, AccessRequest request, Decision decision, Throwable failure) {
    if (failure != null) {
      return Step.cause(failure) instanceof TimeoutException
          ? Decision.Deny.undecided(
              LATE, "the policy evaluator " + name + " did not decide in time")
          : Decision.Deny.undecided(
              FAILED, "the policy evaluator " + name + " failed: " + Step.cause(failure));
    }
    if (decision == null) {
      return Decision.Deny.undecided(FAILED, "the policy evaluator " + name + " decided nothing");
    }
    boolean waitsForNothing =
        decision instanceof Decision.Later && !request.circumstances().observed().pending();
    return waitsForNothing
        ? new Decision.Deny(
            decision.rule(), "the policy evaluator " + name + " waits for what has been told")
        : decision;
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
