package org.noports.tunnel;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.noports.api.NoPortsException;
import org.noports.api.RelayUnavailable;
import org.noports.api.TargetUnavailable;
import org.noports.transport.EarlyReset;

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

  /**
   * A failure of a connection that the relay had taken: if it was closed at once, that was the
   * device's no, which has no words at the levels below L2.
   */
  static NoPortsException connection(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof EarlyReset
        ? new TargetUnavailable(
            "The connection was closed from the device's side at once: the target does not take"
                + " it, or the device does not; its log says which",
            cause)
        : relay(cause);
  }

  /**
   * Whether the relay may have taken a connection that we take for failed. It joins the two sides
   * in the order in which they come and gives us no name for it: whatever it joins next would be
   * something else than what the two ends mean.
   */
  static boolean shiftsTheOrder(Throwable failure) {
    return cause(failure) instanceof RelayUnavailable relay && relay.isUndecided();
  }

  /** A failure on the way to the relay, as one of the api's family. */
  static NoPortsException relay(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof NoPortsException named
        ? named
        : new RelayUnavailable("The relay could not be joined: " + cause.getMessage(), cause);
  }
}
