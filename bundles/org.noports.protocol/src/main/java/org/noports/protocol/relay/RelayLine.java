package org.noports.protocol.relay;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SignedEnvelope;

/**
 * What the signed line of a relay's port is over: the older authentication, sent at once after
 * connecting (docs/protocol/noports.md 4.1). Both sides of a session sign the same three values,
 * the port tells them apart.
 *
 * @param sessionId the session
 * @param clientNonce the client's nonce
 * @param rvdNonce the relay's nonce
 */
public record RelayLine(SessionId sessionId, String clientNonce, String rvdNonce) {
  /** Most bytes that a relay takes before it knows who speaks, newline included. */
  public static final int MAX_BYTES = 4096;

  public RelayLine {
    requireNonNull(sessionId, "sessionId is null");
    requireNonNull(clientNonce, "clientNonce is null");
    requireNonNull(rvdNonce, "rvdNonce is null");
  }

  /** The payload, in the one order that relays verify. */
  public JsonObject payload() {
    return JsonObject.builder()
        .put("sessionId", sessionId.toString())
        .put("clientNonce", clientNonce)
        .put("rvdNonce", rvdNonce)
        .build();
  }

  /**
   * The line, without its newline.
   *
   * @param signer RSASSA-PKCS1-v1_5 with SHA-256 by the atSign's encryption private key
   */
  public String sign(UnaryOperator<byte[]> signer) {
    return SignedEnvelope.sign(payload(), signer).toText();
  }

  /**
   * Reads a line and checks that it is about this session. Its signature is still to be verified,
   * over {@link SignedEnvelope#signedBytes} of the result.
   */
  public SignedEnvelope check(String line) throws ProtocolViolation {
    SignedEnvelope envelope = SignedEnvelope.parse(line);
    JsonObject said = envelope.payload();
    if (!said.requireText("rvdNonce").equals(rvdNonce)
        || !said.requireText("sessionId").equals(sessionId.toString())
        || !said.requireText("clientNonce").equals(clientNonce)) {
      throw new ProtocolViolation("relay line: it is not about this session");
    }
    // Our own text, not the peer's: more fields than these three are not signed for.
    return new SignedEnvelope(
        payload(), envelope.signature(), envelope.hashingAlgo(), envelope.signingAlgo());
  }
}
