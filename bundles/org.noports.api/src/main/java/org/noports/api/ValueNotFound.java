package org.noports.api;

/** An atServer has no value of that name for us. */
public final class ValueNotFound extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public ValueNotFound(String message) {
    this(message, null);
  }

  public ValueNotFound(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "value-not-found";
  }
}
