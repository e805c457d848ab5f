package org.noports.api;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What really failed, under the wrappers that stages put around it. */
public final class Causes {
  private Causes() {}

  /** The first cause that is none of {@code CompletionStage}'s own; never null. */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
