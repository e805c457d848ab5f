package org.noports.protocol.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.json.JsonObject;

/**
 * The inner, signed part of a peer's answer to a challenge (docs/protocol/noports.md 4.2). {@link
 * EscrLine} encrypts it and puts the session in front.
 *
 * @param payload what was signed: session, challenge and side, in the sender's order
 * @param signature standard base64
 * @param signingAlgo {@code rsa2048} or {@code mldsa65}
 * @param signingKeyUri where the public half of the authentication key is published
 * @param kid which of several keys there; empty if there is one
 * @param nonce ours alone: what a {@link Sighting} that the sender wants has to carry
 */
public record EscrResponse(
    JsonObject payload,
    String signature,
    String signingAlgo,
    String signingKeyUri,
    Optional<String> kid,
    Optional<String> nonce) {
  /** What a relay says to a peer that it believes; then the payload begins. */
  public static final String ACCEPTED = "ok";

  /** The same to a peer that wants a {@link Sighting}: its line comes before all else. */
  public static final String ACCEPTED_OBSERVING = "ok observing";

  /** What a relay says to a peer that it does not believe, before it hangs up. */
  public static final String REFUSED = "Socket auth failed";

  private static final String OBSERVE = "observe";

  public EscrResponse {
    requireNonNull(payload, "payload is null");
    requireNonNull(signature, "signature is null");
    requireNonNull(signingAlgo, "signingAlgo is null");
    requireNonNull(signingKeyUri, "signingKeyUri is null");
    requireNonNull(kid, "kid is null");
    requireNonNull(nonce, "nonce is null");
  }

  /**
   * Answers a challenge.
   *
   * @param signer RSASSA-PKCS1-v1_5 with SHA-256 by the atSign's authentication private key
   */
  public static EscrResponse sign(
      SessionId session,
      EscrChallenge challenge,
      RelaySide side,
      String signingKeyUri,
      UnaryOperator<byte[]> signer) {
    JsonObject payload =
        JsonObject.builder()
            .put("sid", session.toString())
            .put("c", challenge.text())
            .put("side", side.wire())
            .build();
    byte[] signature = signer.apply(payload.toJson().getBytes(UTF_8));
    return new EscrResponse(
        payload,
        Base64.getEncoder().encodeToString(signature),
        SigningKeyRecord.RSA,
        signingKeyUri,
        Optional.empty(),
        Optional.empty());
  }

  /** The same from a device that wants to hear where the client's socket comes from. */
  public EscrResponse observing(String sightingNonce) {
    return new EscrResponse(
        payload, signature, signingAlgo, signingKeyUri, kid, Optional.of(sightingNonce));
  }

  /** Reads the envelope; nothing is checked yet but its form. */
  public static EscrResponse parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("relay response", text);
    String algorithm = json.requireText("sa");
    if (!json.requireText("ha").equals("sha256")
        || !(algorithm.equals(SigningKeyRecord.RSA) || algorithm.equals(SigningKeyRecord.ML_DSA))) {
      throw new ProtocolViolation(
          "relay response: only sha256 with rsa2048 or mldsa65 is accepted");
    }
    json.requireText("s", Base64.getDecoder()::decode);
    return new EscrResponse(
        json.requireObject("p"),
        json.requireText("s"),
        algorithm,
        json.requireText("sk"),
        json.text("kid"),
        json.text(OBSERVE).filter(Sighting::isNonce));
  }

  /** The envelope's text. */
  public String toText() {
    return JsonObject.builder()
        .put("p", payload)
        .put("s", signature)
        .put("ha", "sha256")
        .put("sa", signingAlgo)
        .put("sk", signingKeyUri)
        .putIfPresent("kid", kid)
        .putIfPresent(OBSERVE, nonce)
        .build()
        .toJson();
  }

  /**
   * Checks that the response answers this challenge in this session, and says for which side. Who
   * signed it is still to be verified: fetch {@link #signingKey}'s record, which must be that
   * side's atSign's.
   */
  public RelaySide check(SessionId session, EscrChallenge challenge) throws ProtocolViolation {
    if (!payload.requireText("sid").equals(session.toString())
        || !payload.requireText("c").equals(challenge.text())) {
      throw new ProtocolViolation("relay response: it answers another challenge");
    }
    String wire = payload.requireText("side");
    for (RelaySide side : RelaySide.values()) {
      if (side.wire().equals(wire)) {
        return side;
      }
    }
    throw new ProtocolViolation("relay response: its side is neither a nor b");
  }

  /** The record of the signing key, taken apart; empty if it is not of the one accepted form. */
  public Optional<SigningKeyUri> signingKey() {
    return SigningKeyUri.find(signingKeyUri);
  }

  /** What the signature is over. */
  public byte[] signedBytes() {
    return payload.toJson().getBytes(UTF_8);
  }

  /** The signature's bytes. */
  public byte[] signatureBytes() {
    return Base64.getDecoder().decode(signature);
  }

  @Override
  public String toString() {
    return "EscrResponse[" + signingKeyUri + "]";
  }
}
