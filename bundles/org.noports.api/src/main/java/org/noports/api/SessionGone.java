package org.noports.api;

/** The session has ended or is not known here. */
public final class SessionGone extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public SessionGone(String message) {
    this(message, null);
  }

  public SessionGone(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "session-gone";
  }
}
