package org.noports.api;

/** The relay does not answer, cannot be dialled, or does not let us in. */
public final class RelayUnavailable extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public RelayUnavailable(String message) {
    this(message, null);
  }

  public RelayUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "relay-unavailable";
  }
}
