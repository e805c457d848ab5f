package org.noports.api;

/** Our atServer takes our keys no more: their enrollment was revoked, denied, or has expired. */
public final class EnrollmentEnded extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public EnrollmentEnded(String message) {
    super(message, null);
  }

  @Override
  public String reason() {
    return "enrollment-ended";
  }
}
