package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

/** A seal that cannot be opened, for one of three reasons that are never taken for each other. */
final class SealRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  enum Reason {
    /** Of a construction that is not known here: perhaps a newer one. */
    VERSION,
    /** No seal at all. */
    MALFORMED,
    /** Changed on its way, for another key, or for another use. */
    AUTHENTICATION
  }

  SealRefused(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason, "reason is null");
  }

  Reason reason() {
    return reason;
  }
}
