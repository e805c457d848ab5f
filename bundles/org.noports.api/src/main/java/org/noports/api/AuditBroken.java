package org.noports.api;

/** The audit's files are not what was written: something in them was changed, or is missing. */
public final class AuditBroken extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public AuditBroken(String message) {
    this(message, null);
  }

  public AuditBroken(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "audit-broken";
  }
}
