package org.noports.protocol.session;

/** What a device can do; it says so in its {@link PingResponse} (docs/protocol/noports.md 2.2). */
public enum Feature {
  SR_AUTH("srAuth", "authenticate to the socket rendezvous"),
  SR_E2EE("srE2ee", "encrypt traffic to the socket rendezvous"),
  ACCEPTS_PUBLIC_KEYS("acceptsPublicKeys", "accept ssh public keys from the client"),
  SUPPORTS_PORT_CHOICE("supportsPortChoice", "support requests for specific device ports"),
  ADJUSTABLE_TIMEOUT("adjustableTimeout", "support the 'timeout' value in npt session requests"),
  CONTROL_CHANNEL_HEARTBEATS(
      "controlChannelHeartbeats", "support heartbeats on the control channel"),
  SUPPORTS_RAM_ESCR("supportsRamEscr", "support the 'ESCR' relay auth mode"),
  TWIN_KEYS("twinKeys", "use a key of its own for each direction");

  private final String wire;
  private final String description;

  Feature(String wire, String description) {
    this.wire = wire;
    this.description = description;
  }

  /** The name on the wire. */
  public String wire() {
    return wire;
  }

  /** Ends the sentence {@code This device daemon does not …}. */
  public String description() {
    return description;
  }
}
