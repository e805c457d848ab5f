package org.noports.api;

/** The local port or socket path is in use or may not be used. */
public final class LocalAddressUnavailable extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public LocalAddressUnavailable(String message) {
    this(message, null);
  }

  public LocalAddressUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "local-address-unavailable";
  }
}
