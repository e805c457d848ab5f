package org.noports.testkit;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for stages, as only tests may. */
public final class Stages {
  private static final int PATIENCE_SECONDS = 60;

  private Stages() {}

  /** The stage's value; an {@link AssertionError} if it failed or takes too long. */
  public static <T> T value(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("The stage failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("The stage did not complete", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The stage's failure; an {@link AssertionError} if it completed or failed otherwise. */
  public static <E extends Exception> E failure(Class<E> type, CompletionStage<?> stage) {
    try {
      Object value = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("Expected " + type.getSimpleName() + ", but it completed: " + value);
    } catch (ExecutionException e) {
      if (type.isInstance(e.getCause())) {
        return type.cast(e.getCause());
      }
      throw new AssertionError("Expected " + type.getSimpleName(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("The stage did not complete", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
