package org.noports.benchmarks.ciphers;

import java.util.Optional;
import java.util.UUID;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;

/** The request that both kinds of handshake begin with. */
final class Requests {
  private static final String NONCE = "2026-01-01T00:00:00.000000";

  private Requests() {}

  /** With the client's session key, as L1 needs it, or without. */
  static NptRequest npt(String ephemeralKey, String type) {
    return new NptRequest(
        SessionId.of(UUID.randomUUID().toString()),
        "relay.example",
        40001,
        22,
        "localhost",
        true,
        RelayAuthMode.PAYLOAD,
        Optional.empty(),
        NONCE,
        NONCE,
        true,
        ephemeralKey,
        type,
        NptRequest.DEFAULT_TIMEOUT,
        true,
        Optional.of(AtSign.of("@relay")));
  }
}
