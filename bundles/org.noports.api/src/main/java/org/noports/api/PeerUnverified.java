package org.noports.api;

/** A signature is not by the atSign that it claims. */
public final class PeerUnverified extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public PeerUnverified(String message) {
    this(message, null);
  }

  public PeerUnverified(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "peer-unverified";
  }
}
