package org.noports.api.relay;

/** Which of a session's two ends: the relay has a port for each. */
public enum RelaySide {
  /** Side A of the wire format. */
  CLIENT("a"),
  /** Side B of the wire format. */
  DEVICE("b");

  private final String wire;

  RelaySide(String wire) {
    this.wire = wire;
  }

  /** {@code a} or {@code b}. */
  public String wire() {
    return wire;
  }
}
