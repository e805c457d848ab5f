package org.noports.protocol.session;

import java.util.Optional;

/** How one side proves itself to a relay (docs/protocol/noports.md 4.1 and 4.2). */
public enum RelayAuthMode {
  /** The signed line. */
  PAYLOAD("payload"),
  /** The encrypted signed challenge and response. */
  ESCR("escr");

  private final String wire;

  RelayAuthMode(String wire) {
    this.wire = wire;
  }

  /** The name on the wire. */
  public String wire() {
    return wire;
  }

  /**
   * Reads the name on the wire.
   *
   * @throws IllegalArgumentException for any other text
   */
  public static RelayAuthMode of(String wire) {
    return find(wire)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + wire + "' is not a relay authentication: expected payload or escr"));
  }

  /** The mode of that name, if there is one. */
  public static Optional<RelayAuthMode> find(String wire) {
    for (RelayAuthMode mode : values()) {
      if (mode.wire.equals(wire)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }
}
