package org.noports.api;

/**
 * A peer that is known signs with another key than the one that is known; the message says how that
 * one was learnt. Either its owner made new keys, or somebody stands in the middle.
 */
public final class PeerKeyChanged extends NoPortsException {
  private static final long serialVersionUID = 1L;

  public PeerKeyChanged(String message) {
    this(message, null);
  }

  public PeerKeyChanged(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String reason() {
    return "peer-key-changed";
  }
}
