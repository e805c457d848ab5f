package org.noports.api;

/** The device permits the stream, but what it leads to cannot be reached from there. */
public final class TargetUnavailable extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public TargetUnavailable(String message) {
    this(message, null);
  }

  public TargetUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "target-unavailable";
  }
}
