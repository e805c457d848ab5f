package org.noports.api;

/** A file or folder was not copied. */
public final class CopyFailed extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public CopyFailed(String message) {
    this(message, null);
  }

  public CopyFailed(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "copy-failed";
  }
}
