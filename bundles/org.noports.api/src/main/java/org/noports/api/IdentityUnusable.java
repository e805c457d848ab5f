package org.noports.api;

/** Our own keys are missing, unreadable or not the atSign's. */
public final class IdentityUnusable extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public IdentityUnusable(String message) {
    this(message, null);
  }

  public IdentityUnusable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "identity-unusable";
  }
}
