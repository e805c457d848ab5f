package org.noports.api;

/** An algorithm that the session needs is not present; the message names what each side has. */
public sealed class CipherUnavailable extends NoPortsException permits CipherMisbehaved {
  private static final long serialVersionUID = 1L;

  public CipherUnavailable(String message) {
    this(message, null);
  }

  public CipherUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "cipher-unavailable";
  }
}
