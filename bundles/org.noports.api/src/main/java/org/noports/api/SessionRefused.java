package org.noports.api;

/** The device answered, and does not permit the request. */
public final class SessionRefused extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public SessionRefused(String message) {
    this(message, null);
  }

  public SessionRefused(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "session-refused";
  }
}
