package org.noports.relay.server;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.relay.RelayLine;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayRequest;

/**
 * What client and relay have agreed on: fixed from the request to the session's end.
 *
 * @param client who asked, and dials side A
 * @param device who dials side B
 * @param line what the signed line of both sides is over; carries session and nonces
 * @param authenticateClient whether side A must prove that it is the client
 * @param authenticateDevice whether side B must prove that it is the device
 * @param declared how the sides prove themselves, where the request leaves no doubt
 * @param relayKey the AES key for challenges; the session closes it
 * @param singlePort whether both sides come by the port that all share
 */
record SessionTerms(
    AtSign client,
    AtSign device,
    RelayLine line,
    boolean authenticateClient,
    boolean authenticateDevice,
    Optional<RelayAuthMode> declared,
    Optional<Secret> relayKey,
    boolean singlePort) {
  private static final int KEY_BYTES = 32;

  SessionTerms {
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
    requireNonNull(line, "line is null");
    requireNonNull(declared, "declared is null");
    requireNonNull(relayKey, "relayKey is null");
  }

  /**
   * The terms that a request asks for.
   *
   * @param nonce ours: random, without commas
   */
  static SessionTerms of(RelayRequest request, String nonce) throws SessionRefused {
    Optional<Secret> key = relayKey(request);
    return new SessionTerms(
        request.client(),
        request.device(),
        new RelayLine(request.sessionId(), request.clientNonce(), nonce),
        request.authenticateClient(),
        request.authenticateDevice(),
        declared(request, key.isPresent()),
        key,
        request.only443());
  }

  /**
   * Newer clients write "payload" where they mean "find out", so only two requests leave no doubt:
   * one for challenges, and one without the key that challenges need.
   */
  private static Optional<RelayAuthMode> declared(RelayRequest request, boolean hasKey)
      throws SessionRefused {
    if (request.only443() || request.relayAuthMode() == RelayAuthMode.ESCR) {
      if (!hasKey) {
        throw new SessionRefused(
            "Relay authentication escr was requested without its relayAuthAesKey");
      }
      return Optional.of(RelayAuthMode.ESCR);
    }
    return hasKey ? Optional.empty() : Optional.of(RelayAuthMode.PAYLOAD);
  }

  private static Optional<Secret> relayKey(RelayRequest request) throws SessionRefused {
    if (request.relayAuthAesKey().isEmpty()) {
      return Optional.empty();
    }
    byte[] key = new byte[0];
    try {
      key = Base64.getDecoder().decode(request.relayAuthAesKey().get());
      if (key.length == KEY_BYTES) {
        return Optional.of(Secret.copyOf(key));
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one error, which must not show the text.
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    throw new SessionRefused("relayAuthAesKey is not the base64 of " + KEY_BYTES + " bytes");
  }

  SessionId id() {
    return line.sessionId();
  }

  /** Whose socket a side's is. */
  AtSign atSign(RelaySide side) {
    return side == RelaySide.CLIENT ? client : device;
  }

  boolean authenticates(RelaySide side) {
    return side == RelaySide.CLIENT ? authenticateClient : authenticateDevice;
  }
}
