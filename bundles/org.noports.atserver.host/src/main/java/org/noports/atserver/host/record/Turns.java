package org.noports.atserver.host.record;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets those who change one key do so one after the other, in the order in which they came: each
 * reads what the one before has stored. Otherwise all who read the same would fail but one. Changes
 * of different keys know nothing of each other, and share the store's flushes. Thread-safe.
 */
final class Turns {
  private final Map<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /** Starts {@code work} when all that came before for {@code key} has ended. */
  <T> CompletionStage<T> take(String key, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> before = last.put(key, mine);
    if (before != null) {
      return before.thenCompose(free -> started(key, mine, work));
    }
    return started(key, mine, work);
  }

  private <T> CompletionStage<T> started(
      String key, CompletableFuture<Void> mine, Supplier<CompletionStage<T>> work) {
    CompletionStage<T> result;
    try {
      result = work.get();
    } catch (RuntimeException e) {
      end(key, mine);
      throw e;
    }
    return result.whenComplete((value, failure) -> end(key, mine));
  }

  private void end(String key, CompletableFuture<Void> mine) {
    last.remove(key, mine);
    mine.complete(null);
  }
}
