package org.noports.policy.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.RuleBook;
import org.noports.api.policy.RuleBooks;

/**
 * Decides for a daemon that does not say where its client wants to go: whether it may in at all,
 * and then, of the places that the rules name for it, on each as if it had asked for that one. All
 * of that in the time that one question has; what is not found or not decided in it is left away.
 */
final class AskForOthers {
  /** More are not tried: a daemon waits 10 s for all of them together. */
  static final int MOST_PLACES = 200;

  /** Between a search that ends in time and one that is given up. */
  private static final int GRACE_MILLIS = 200;

  private final AskEvaluators evaluators;
  private final Supplier<Optional<RuleBooks>> books;
  private final Executor threads;

  AskForOthers(AskEvaluators evaluators, Supplier<Optional<RuleBooks>> books, Executor threads) {
    this.evaluators = evaluators;
    this.books = books;
    this.threads = threads;
  }

  /** The answer of all, with every place; the stage never fails. */
  CompletionStage<Decision> ask(AccessRequest request, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    return evaluators
        .ask(request, within)
        .thenCompose(
            decision ->
                decision instanceof Decision.Permit permit
                    ? withPlaces(permit, request, end)
                    : CompletableFuture.completedFuture(decision));
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  private CompletionStage<Decision> withPlaces(
      Decision.Permit permit, AccessRequest request, long end) {
    // Half of what is left, so that what is found can be decided on.
    return named(request, left(end).dividedBy(2))
        .thenCompose(targets -> permitted(targets, request, left(end)))
        .thenApply(
            places ->
                new Decision.Permit(
                    permit.rule(),
                    Stream.concat(permit.permitOpen().stream(), places.stream())
                        .distinct()
                        .toList(),
                    permit.obligations(),
                    permit.revision(),
                    permit.until()));
  }

  /** The places that the book names for this client, whatever else they depend on. */
  private CompletionStage<List<Target>> named(AccessRequest request, Duration within) {
    Optional<RuleBook> book = books.get().flatMap(RuleBooks::inForce);
    if (book.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    try {
      return CompletableFuture.supplyAsync(
              () -> found(request, book.get().whatCan(request.client(), within)), threads)
          // It may have waited for a thread, or not keep the time.
          .orTimeout(within.toMillis() + GRACE_MILLIS, TimeUnit.MILLISECONDS)
          .exceptionally(failure -> unfound(request));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(List.of());
    }
  }

  private static List<Target> found(AccessRequest request, RuleBook.Accesses can) {
    List<Target> places =
        can.accesses().stream()
            .map(RuleBook.Access::sample)
            .filter(sample -> sample.kind() == RequestKind.TUNNEL)
            .flatMap(sample -> sample.target().stream())
            .distinct()
            .toList();
    if (!can.complete() || places.size() > MOST_PLACES) {
      PolicyHostLog.placesLeftAway(
          request.device(), request.client(), Math.min(places.size(), MOST_PLACES));
    }
    return places.stream().limit(MOST_PLACES).toList();
  }

  private static List<Target> unfound(AccessRequest request) {
    PolicyHostLog.placesLeftAway(request.device(), request.client(), 0);
    return List.of();
  }

  /** Each is decided on for this device; what has obligations is nothing for a daemon. */
  private CompletionStage<List<PermitOpen>> permitted(
      List<Target> targets, AccessRequest request, Duration within) {
    List<CompletableFuture<Decision>> asked =
        targets.stream()
            .map(target -> evaluators.ask(at(request, target), within).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              List<PermitOpen> places = new ArrayList<>();
              for (CompletableFuture<Decision> each : asked) {
                if (each.join() instanceof Decision.Permit yes
                    && yes.obligations().equals(Obligations.NONE)) {
                  places.addAll(yes.permitOpen());
                }
              }
              return places;
            });
  }

  private static AccessRequest at(AccessRequest request, Target target) {
    return new AccessRequest(
        request.client(),
        request.device(),
        request.deviceGroup(),
        RequestKind.TUNNEL,
        Optional.of(target),
        request.circumstances());
  }
}
