package org.noports.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers that are believed for a while, and questions that are under way, so that none is asked
 * twice. Thread-safe.
 */
final class Remembered<K, V> {
  /** So long the way to a relay is taken to be as it was: longer than a burst of sessions. */
  static final Duration ANSWERED = Duration.ofMinutes(10);

  /** So long whoever gave no answer is not waited for again: a restart takes less. */
  static final Duration UNANSWERED = Duration.ofMinutes(1);

  /** So many answers are kept; more relays and devices are known to nobody. */
  private static final int MOST = 1024;

  private final LongSupplier nanoTime;
  private final Map<K, Asked<V>> all = new ConcurrentHashMap<>();

  private record Asked<V>(CompletableFuture<V> answer, long at) {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Remembered(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The answer as it is known, or as it will be; asks only if it is neither. */
  CompletableFuture<V> answer(K key, Supplier<CompletionStage<V>> question) {
    long now = nanoTime.getAsLong();
    if (all.size() >= MOST) {
      all.values().removeIf(asked -> isOld(asked, now));
    }
    Asked<V> mine = new Asked<>(new CompletableFuture<>(), now);
    Asked<V> known = all.merge(key, mine, (before, next) -> isOld(before, now) ? next : before);
    if (known == mine) {
      asked(question)
          .whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  mine.answer.complete(value);
                } else {
                  mine.answer.completeExceptionally(failure);
                }
              });
    }
    return known.answer.copy();
  }

  /** What cannot even be asked is a failure like others, not a question that is under way. */
  private static <V> CompletionStage<V> asked(Supplier<CompletionStage<V>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <V> boolean isOld(Asked<V> asked, long now) {
    Duration age = Duration.ofNanos(now - asked.at);
    boolean failed = asked.answer.isCompletedExceptionally();
    return age.compareTo(failed ? UNANSWERED : ANSWERED) > 0;
  }

  /** What {@code answer} has come to so far. */
  static <V> Optional<V> soFar(CompletableFuture<V> answer) {
    return answer.isDone() && !answer.isCompletedExceptionally()
        ? Optional.of(answer.join())
        : Optional.empty();
  }
}
