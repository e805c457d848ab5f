package org.noports.atserver.host.tenant;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets what was begun in an order also end in it: the store answers on several threads, and what
 * hangs on its answers would overtake. Thread-safe.
 */
final class InOrder {
  private final Deque<Place<?>> places = new ArrayDeque<>();
  private boolean moving;

  private record Place<T>(CompletableFuture<T> begun, CompletableFuture<T> ends) {
    void end() {
      begun.whenComplete(
          (result, failure) -> {
            if (failure == null) {
              ends.complete(result);
            } else {
              ends.completeExceptionally(failure);
            }
          });
    }
  }

  /** Ends as {@code begun} does, behind all that came here before. */
  <T> CompletionStage<T> of(CompletionStage<T> begun) {
    Place<T> place = new Place<>(begun.toCompletableFuture(), new CompletableFuture<>());
    synchronized (this) {
      Optional<CompletionStage<T>> shared = shared(place);
      if (shared.isPresent()) {
        return shared.get();
      }
      places.add(place);
    }
    place.begun().whenComplete((result, failure) -> move());
    return place.ends();
  }

  /** What begins as the one before it did also ends with it. */
  @SuppressWarnings("unchecked") // They are of one type if they are one.
  private <T> Optional<CompletionStage<T>> shared(Place<T> place) {
    Place<?> last = places.peekLast();
    return last != null && last.begun() == place.begun()
        ? Optional.of((CompletionStage<T>) last.ends())
        : Optional.empty();
  }

  private void move() {
    for (Place<?> next = next(true); next != null; next = next(false)) {
      next.end();
    }
  }

  /** The first place if it may end now; only one thread at a time lets places end. */
  private synchronized Place<?> next(boolean arriving) {
    if (arriving && moving) {
      return null;
    }
    moving = !places.isEmpty() && places.peek().begun().isDone();
    return moving ? places.poll() : null;
  }
}
