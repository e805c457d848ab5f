package org.noports.api;

/**
 * Two ends that can do better were made to agree on less: somebody between them changed, withheld
 * or replaced what they said. There is no second try at the lower level (docs/protocol/np2.md).
 */
public final class DowngradeDetected extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public DowngradeDetected(String message) {
    this(message, null);
  }

  public DowngradeDetected(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "downgrade-detected";
  }
}
