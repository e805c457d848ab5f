package org.noports.api;

/**
 * A configuration file or command argument has an unknown key or a value that cannot be; the
 * message names file, key and what would do.
 */
public final class ConfigurationInvalid extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public ConfigurationInvalid(String message) {
    this(message, null);
  }

  public ConfigurationInvalid(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "configuration-invalid";
  }
}
