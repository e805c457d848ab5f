package org.noports.ssh.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;

/** Waits for a stage on a caller's own thread. */
final class Await {
  private Await() {}

  /** The result; a failure of our family as it is, any other as the session's end. */
  static <T> T result(CompletionStage<T> stage) throws NoPortsException, InterruptedException {
    CompletableFuture<T> copy = stage.toCompletableFuture().copy();
    try {
      return copy.get();
    } catch (ExecutionException e) {
      throw named(e.getCause());
    }
  }

  private static NoPortsException named(Throwable failure) {
    if (failure instanceof NoPortsException named) {
      return named;
    }
    return failure instanceof CompletionException && failure.getCause() != null
        ? named(failure.getCause())
        : new SessionGone("The session ended: " + failure.getMessage(), failure);
  }
}
