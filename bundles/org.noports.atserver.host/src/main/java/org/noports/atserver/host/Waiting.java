package org.noports.atserver.host;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.api.StoreFailed;

/** Waits for stages, on threads that may wait: the operator's and the host's own, never a loop. */
final class Waiting {
  private static final long SECONDS = 30;

  private Waiting() {}

  static <T> T on(CompletionStage<T> stage) throws StoreFailed {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreFailed failed) {
        throw failed;
      }
      throw new StoreFailed(
          "The atServer host could not finish: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new StoreFailed("The store did not answer within " + SECONDS + " s; try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed("Interrupted while waiting for the store", e);
    }
  }
}
