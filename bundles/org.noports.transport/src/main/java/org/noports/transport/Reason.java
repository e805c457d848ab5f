package org.noports.transport;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** What a failure of the network means, in a few words for a message. */
final class Reason {
  private Reason() {}

  static String of(Throwable failure) {
    String text = failure.getMessage() == null ? "" : failure.getMessage();
    String folded = text.toLowerCase(Locale.ROOT);
    if (folded.contains("refused")) {
      return "connection refused (nothing listens there)";
    }
    if (folded.contains("timed out")) {
      return "no answer in time";
    }
    if (failure instanceof NoRouteToHostException || folded.contains("unreachable")) {
      return "no route to that host";
    }
    if (failure instanceof SSLException) {
      return ofTls(failure, text);
    }
    if (failure instanceof ConnectException || !text.isEmpty()) {
      return text;
    }
    return failure.getClass().getSimpleName();
  }

  /** The reason in a failed dial's message, without what it says before. */
  static String bare(Throwable failure) {
    return failure.getCause() == null
        ? String.valueOf(failure.getMessage())
        : of(failure.getCause());
  }

  private static String ofTls(Throwable failure, String text) {
    Throwable root = failure;
    while (root.getCause() != null
        && root.getCause() != root
        && !(root instanceof UntrustedIssuer)
        && !(root instanceof WrongDate)) {
      root = root.getCause();
    }
    return root.getMessage() == null ? text : root.getMessage();
  }
}
