package org.noports.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.noports.api.NoPortsException;

/** Waits for a stage on the command's thread; Ctrl-C cancels it. */
final class Outcome {
  private Outcome() {}

  /** The stage's result, or its failure as it was meant. */
  static <T> T of(CompletionStage<T> stage) throws NoPortsException, InterruptedException {
    CompletableFuture<T> future = stage.toCompletableFuture();
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw meant(e.getCause());
    }
  }

  /**
   * The error of our family inside {@code failure}; anything else is a bug and is thrown as one.
   */
  static NoPortsException meant(Throwable failure) {
    if (failure instanceof NoPortsException named) {
      return named;
    }
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return meant(failure.getCause());
    }
    throw failure instanceof RuntimeException bug ? bug : new IllegalStateException(failure);
  }
}
