package org.noports.directory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.HostPort;

/**
 * Answers and questions on their way, by atSign: who asks what is being asked already waits for the
 * same answer. A failure to reach the atDirectory is forgotten at once, a miss after a second.
 */
final class Cache {
  private static final Duration MISS = Duration.ofSeconds(1);

  /** More atSigns than any one machine talks to; beyond it all is forgotten. */
  private static final int MOST = 10_000;

  private final ConcurrentHashMap<AtSign, Known> known = new ConcurrentHashMap<>();
  private final Duration hit;
  private final LongSupplier nanoTime;

  Cache(Duration hit, LongSupplier nanoTime) {
    this.hit = hit;
    this.nanoTime = nanoTime;
  }

  CompletionStage<HostPort> get(
      AtSign atSign, Function<AtSign, CompletionStage<HostPort>> question) {
    CompletableFuture<HostPort> mine = new CompletableFuture<>();
    Known fresh = new Known(mine);
    Known used =
        known.compute(
            atSign, (name, present) -> present != null && present.isGood() ? present : fresh);
    if (used == fresh) {
      if (known.size() > MOST) {
        known.keySet().removeIf(name -> !name.equals(atSign));
      }
      question
          .apply(atSign)
          .whenComplete((found, failure) -> settle(atSign, fresh, found, failure));
    }
    return used.answer.minimalCompletionStage();
  }

  private void settle(AtSign atSign, Known fresh, HostPort found, Throwable failure) {
    Throwable why = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (why == null || why instanceof AtSignNotFound) {
      fresh.goodUntil = nanoTime.getAsLong() + (why == null ? hit : MISS).toNanos();
    } else {
      known.remove(atSign, fresh);
    }
    if (why == null) {
      fresh.answer.complete(found);
    } else {
      fresh.answer.completeExceptionally(why);
    }
  }

  void forget(AtSign atSign) {
    known.remove(atSign);
  }

  private final class Known {
    final CompletableFuture<HostPort> answer;

    /** Set before the answer is given. */
    volatile long goodUntil;

    Known(CompletableFuture<HostPort> answer) {
      this.answer = answer;
    }

    boolean isGood() {
      return !answer.isDone() || nanoTime.getAsLong() - goodUntil < 0;
    }
  }
}
