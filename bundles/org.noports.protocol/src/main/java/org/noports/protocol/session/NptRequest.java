package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;

/**
 * A client asks a device for a session: the payload of {@code npt_request}
 * (docs/protocol/noports.md 2.6).
 *
 * @param sessionId made by the client
 * @param rvdHost the relay's host, from its answer
 * @param rvdPort the relay's port for the device
 * @param requestedPort the service's port
 * @param requestedHost the service's host, as the device resolves it
 * @param authenticateToRvd whether the device must prove itself to the relay
 * @param relayAuthMode how
 * @param relayAuthAesKey base64 AES-256 key for {@link RelayAuthMode#ESCR}; secret
 * @param clientNonce the client's nonce, opaque
 * @param rvdNonce the relay's nonce, opaque
 * @param encryptRvdTraffic whether what passes the relay is sealed
 * @param clientEphemeralPk base64 X.509 of the client's session key
 * @param clientEphemeralPkType {@code rsa2048}
 * @param timeout how long the session may stand without any connection
 * @param twinKeys whether each direction gets a key of its own
 * @param relayAtSign the relay, where the client names it
 */
public record NptRequest(
    SessionId sessionId,
    String rvdHost,
    int rvdPort,
    int requestedPort,
    String requestedHost,
    boolean authenticateToRvd,
    RelayAuthMode relayAuthMode,
    Optional<String> relayAuthAesKey,
    String clientNonce,
    String rvdNonce,
    boolean encryptRvdTraffic,
    String clientEphemeralPk,
    String clientEphemeralPkType,
    Duration timeout,
    boolean twinKeys,
    Optional<AtSign> relayAtSign) {
  /** What a request without a timeout means. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /** The timeout that devices without the feature {@code adjustableTimeout} take for granted. */
  public static final Duration FIXED_TIMEOUT = Duration.ofSeconds(30);

  /** Longest timeout that is taken: clients write a year for "never". */
  public static final Duration MAX_TIMEOUT = Duration.ofDays(3660);

  public NptRequest {
    requireNonNull(sessionId, "sessionId is null");
    requireNonNull(rvdHost, "rvdHost is null");
    requireNonNull(requestedHost, "requestedHost is null");
    requireNonNull(relayAuthMode, "relayAuthMode is null");
    requireNonNull(relayAuthAesKey, "relayAuthAesKey is null");
    requireNonNull(clientNonce, "clientNonce is null");
    requireNonNull(rvdNonce, "rvdNonce is null");
    requireNonNull(clientEphemeralPk, "clientEphemeralPk is null");
    requireNonNull(clientEphemeralPkType, "clientEphemeralPkType is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(relayAtSign, "relayAtSign is null");
  }

  /** Reads a payload; unknown fields are ignored, fields that older clients lack get defaults. */
  public static NptRequest parse(JsonObject json) throws ProtocolViolation {
    return new NptRequest(
        json.requireText("sessionId", SessionId::of),
        json.requireText("rvdHost"),
        json.requirePort("rvdPort"),
        json.requirePort("requestedPort"),
        json.requireText("requestedHost"),
        json.flag("authenticateToRvd").orElse(false),
        json.text("relayAuthMode", RelayAuthMode::of).orElse(RelayAuthMode.PAYLOAD),
        json.text("relayAuthAesKey"),
        json.text("clientNonce").orElse(""),
        json.text("rvdNonce").orElse(""),
        json.flag("encryptRvdTraffic").orElse(false),
        json.text("clientEphemeralPK").orElse(""),
        json.text("clientEphemeralPKType").orElse(""),
        json.whole("timeout", 0, MAX_TIMEOUT.toMillis())
            .map(Duration::ofMillis)
            .orElse(DEFAULT_TIMEOUT),
        json.flag("twinKeys").orElse(false),
        json.text("relayAtsign", AtSign::of));
  }

  /** The payload with its fields in the reference's order. */
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("sessionId", sessionId.toString())
        .put("rvdHost", rvdHost)
        .put("rvdPort", rvdPort)
        .put("requestedPort", requestedPort)
        .put("requestedHost", requestedHost)
        .put("authenticateToRvd", authenticateToRvd)
        .put("relayAuthMode", relayAuthMode.wire())
        .putNullable("relayAuthAesKey", relayAuthAesKey)
        .put("clientNonce", clientNonce)
        .put("rvdNonce", rvdNonce)
        .put("encryptRvdTraffic", encryptRvdTraffic)
        .put("clientEphemeralPK", clientEphemeralPk)
        .put("clientEphemeralPKType", clientEphemeralPkType)
        .put("timeout", timeout.toMillis())
        .put("twinKeys", twinKeys)
        .putNullable("relayAtsign", relayAtSign.map(AtSign::name))
        .build();
  }

  @Override
  public String toString() {
    return "NptRequest[" + sessionId + " to " + requestedHost + ":" + requestedPort + "]";
  }
}
