package org.noports.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One line of a story that may refuse: makes a checked exception the failure of a stage. */
@FunctionalInterface
interface Step<T, R> {
  R take(T value) throws Exception;

  static <T, R> Function<T, CompletionStage<R>> step(Step<T, R> step) {
    return value -> {
      try {
        return CompletableFuture.completedFuture(step.take(value));
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }

  /** What really went wrong: stages wrap what they pass on. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
