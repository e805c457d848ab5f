package org.noports.api;

/** A store could not keep or read data; what was acknowledged before is safe. */
public final class StoreFailed extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public StoreFailed(String message) {
    this(message, null);
  }

  public StoreFailed(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "store-failed";
  }
}
