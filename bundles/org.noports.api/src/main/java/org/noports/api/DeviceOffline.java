package org.noports.api;

/** The device does not answer: it is off, not connected, or does not know us. */
public final class DeviceOffline extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public DeviceOffline(String message) {
    this(message, null);
  }

  public DeviceOffline(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "device-offline";
  }
}
