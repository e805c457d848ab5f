package org.noports.api;

/** An atServer does not answer, or does not let us in. */
public final class AtServerUnavailable extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public AtServerUnavailable(String message) {
    this(message, null);
  }

  public AtServerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "atserver-unavailable";
  }
}
