package org.noports.api;

/** The atDirectory cannot be reached or does not speak its protocol. */
public final class DirectoryUnavailable extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public DirectoryUnavailable(String message) {
    this(message, null);
  }

  public DirectoryUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "directory-unavailable";
  }
}
