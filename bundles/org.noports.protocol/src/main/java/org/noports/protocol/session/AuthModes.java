package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;

/**
 * A client tells a relay how each side will authenticate, so that the relay need not wait to find
 * out (docs/protocol/noports.md 2.7, {@code auth_modes}). Best effort.
 *
 * @param sessionId the session
 * @param rvdNonce proves that the sender got the relay's answer
 * @param client the client's side
 * @param device the device's side
 */
public record AuthModes(
    SessionId sessionId, String rvdNonce, RelayAuthMode client, RelayAuthMode device) {
  public AuthModes {
    requireNonNull(sessionId, "sessionId is null");
    requireNonNull(rvdNonce, "rvdNonce is null");
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
  }

  public static AuthModes parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("auth_modes", text);
    return new AuthModes(
        json.requireText("sessionId", SessionId::of),
        json.requireText("rvdNonce"),
        json.requireText("sideA", RelayAuthMode::of),
        json.requireText("sideB", RelayAuthMode::of));
  }

  public String toText() {
    return JsonObject.builder()
        .put("sessionId", sessionId.toString())
        .put("rvdNonce", rvdNonce)
        .put("sideA", client.wire())
        .put("sideB", device.wire())
        .build()
        .toJson();
  }
}
