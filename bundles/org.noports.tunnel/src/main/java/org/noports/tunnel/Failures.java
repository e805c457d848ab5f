package org.noports.tunnel;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.noports.api.NoPortsException;
import org.noports.api.RelayUnavailable;

/** Turns what a stage failed with into what the api promises. */
final class Failures {
  private Failures() {}

  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** A failure on the way to the relay, as one of the api's family. */
  static NoPortsException relay(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof NoPortsException named
        ? named
        : new RelayUnavailable("The relay could not be joined: " + cause.getMessage(), cause);
  }
}
