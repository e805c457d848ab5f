package org.noports.policy.remote;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What really failed, under the wrappers that stages put around it. */
final class Causes {
  private Causes() {}

  static Throwable of(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
