package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;

/**
 * A client asks a relay for a pair of ports: the value of {@code request_ports}
 * (docs/protocol/noports.md 2.7). It is not signed: compare {@link #client} with the sender.
 *
 * @param sessionId the session
 * @param client atSignA
 * @param device atSignB
 * @param authenticateClient whether who dials the client's port must prove to be the client
 * @param authenticateDevice the same for the device's port
 * @param clientNonce opaque
 * @param relayAuthMode how the sides prove themselves, unless the relay finds out
 * @param relayAuthAesKey base64 AES-256 key for {@link RelayAuthMode#ESCR}; secret
 * @param only443 whether one port for all is wanted
 * @param multipleAcksOk whether every instance of the relay may answer
 * @param preFetch keys that the relay will need soon
 * @param sendJsonResponse whether the answer may be JSON
 */
public record RelayRequest(
    SessionId sessionId,
    AtSign client,
    AtSign device,
    boolean authenticateClient,
    boolean authenticateDevice,
    String clientNonce,
    RelayAuthMode relayAuthMode,
    Optional<String> relayAuthAesKey,
    boolean only443,
    boolean multipleAcksOk,
    List<String> preFetch,
    boolean sendJsonResponse) {
  public RelayRequest {
    requireNonNull(sessionId, "sessionId is null");
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
    requireNonNull(clientNonce, "clientNonce is null");
    requireNonNull(relayAuthMode, "relayAuthMode is null");
    requireNonNull(relayAuthAesKey, "relayAuthAesKey is null");
    preFetch = List.copyOf(preFetch);
  }

  /** Reads what any generation of clients sends, save the bare session id of the oldest. */
  public static RelayRequest parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("relay request", text);
    Optional<JsonArray> preFetch = json.array("preFetch");
    return new RelayRequest(
        json.requireText("sessionId", SessionId::of),
        json.requireText("atSignA", AtSign::of),
        json.requireText("atSignB", AtSign::of),
        json.flag("authenticateSocketA").orElse(false),
        json.flag("authenticateSocketB").orElse(false),
        json.text("clientNonce").orElse(""),
        json.text("relayAuthMode", RelayAuthMode::of).orElse(RelayAuthMode.PAYLOAD),
        json.text("relayAuthAesKey"),
        json.flag("only443").orElse(false),
        json.flag("multipleAcksOk").orElse(false),
        preFetch.isPresent() ? preFetch.get().texts() : List.of(),
        json.flag("sendJsonResponse").orElse(false));
  }

  /** The fields in the reference's order. */
  public String toText() {
    return JsonObject.builder()
        .put("sessionId", sessionId.toString())
        .put("atSignA", client.name())
        .put("atSignB", device.name())
        .put("authenticateSocketA", authenticateClient)
        .put("authenticateSocketB", authenticateDevice)
        .put("clientNonce", clientNonce)
        .put("relayAuthMode", relayAuthMode.wire())
        .putNullable("relayAuthAesKey", relayAuthAesKey)
        .put("only443", only443)
        .put("multipleAcksOk", multipleAcksOk)
        .put("preFetch", preFetch)
        .put("sendJsonResponse", sendJsonResponse)
        .build()
        .toJson();
  }

  @Override
  public String toString() {
    return "RelayRequest[" + sessionId + " " + client + " " + device + "]";
  }
}
