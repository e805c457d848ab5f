package org.noports.api;

/** The atDirectory does not know the atSign. */
public final class AtSignNotFound extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public AtSignNotFound(String message) {
    this(message, null);
  }

  public AtSignNotFound(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "atsign-not-found";
  }
}
