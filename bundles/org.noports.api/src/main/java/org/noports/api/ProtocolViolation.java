package org.noports.api;

/** A peer sent what its protocol does not allow. */
public final class ProtocolViolation extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public ProtocolViolation(String message) {
    this(message, null);
  }

  public ProtocolViolation(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "protocol-violation";
  }
}
