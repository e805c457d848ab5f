package org.noports.client;

import java.util.concurrent.CompletableFuture;

/** Two things under way at the same time. */
final class Both {
  private Both() {}

  /** Completes when both have; fails as soon as one of them does. */
  static CompletableFuture<Void> orFirstFailure(
      CompletableFuture<?> one, CompletableFuture<?> other) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    CompletableFuture.allOf(one, other).thenRun(() -> result.complete(null));
    one.whenComplete((done, failure) -> fail(result, failure));
    other.whenComplete((done, failure) -> fail(result, failure));
    return result;
  }

  private static void fail(CompletableFuture<Void> result, Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(Step.cause(failure));
    }
  }
}
