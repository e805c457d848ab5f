package org.noports.api;

/** The relay does not answer, cannot be dialled, or does not let us in. */
public final class RelayUnavailable extends NoPortsException {
  private static final long serialVersionUID = 1L;

  private final boolean undecided;

  public RelayUnavailable(String message) {
    this(message, null);
  }

  public RelayUnavailable(String message, Throwable cause) {
    this(message, cause, false);
  }

  private RelayUnavailable(String message, Throwable cause, boolean undecided) {
    super(message, cause);
    this.undecided = undecided;
  }

  /** All was shown that the relay wanted to see, and it did not say whether it let us in. */
  public static RelayUnavailable undecided(String message) {
    return new RelayUnavailable(message, null, true);
  }

  /**
   * Whether the relay may have let us in: then our connection has its place in the order in which
   * it joins the two sides, although we gave it up.
   */
  public boolean isUndecided() {
    return undecided;
  }

  @Override
  public String reason() {
    return "relay-unavailable";
  }
}
