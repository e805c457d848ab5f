package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

/** An atSign has all it can have. Internal to this bundle, turned into an error answer. */
public final class QuotaReached extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of what. */
  public enum Kind {
    /** Keys or bytes. */
    SPACE,
    /** Notifications that wait. */
    QUEUE
  }

  private final Kind kind;

  public QuotaReached(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = requireNonNull(kind, "kind is null");
  }

  public Kind kind() {
    return kind;
  }
}
