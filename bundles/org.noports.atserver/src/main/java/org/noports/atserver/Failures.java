package org.noports.atserver;

import java.util.concurrent.CompletionException;
import org.noports.api.AtServerUnavailable;
import org.noports.api.NoPortsException;

/** Turns what libraries throw into a reason that a user can act on. */
final class Failures {
  private Failures() {}

  /** What work with {@code peer} failed with, as one of the family. */
  static NoPortsException of(String peer, Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof NoPortsException known) {
      return known;
    }
    if (cause instanceof Unsent unsent) {
      return unsent.reason();
    }
    return new AtServerUnavailable(
        "The " + peer + " cannot be reached: " + message(cause) + "; trying again may help", cause);
  }

  /** The failure itself, without the wrapping of completion stages. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
