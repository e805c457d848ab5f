package org.noports.protocol.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * A payload and its sender's signature: how session requests, their answers and the older relay
 * authentication travel (docs/protocol/noports.md 2.5).
 *
 * <p>It carries no recipient and no time: whoever verifies it also checks from whom and under which
 * name it came.
 *
 * @param payload what was signed, fields in the sender's order
 * @param signature standard base64
 * @param hashingAlgo {@code sha256}
 * @param signingAlgo {@code rsa2048}
 * @param others further fields, which programs that do not know them pass over: signatures of other
 *     kinds over the same payload
 */
public record SignedEnvelope(
    JsonObject payload,
    String signature,
    String hashingAlgo,
    String signingAlgo,
    JsonObject others) {
  /** The only hashing algorithm that every program accepts. */
  public static final String SHA_256 = "sha256";

  /** The only signature algorithm that every program accepts. */
  public static final String RSA_2048 = "rsa2048";

  private static final Set<String> OURS =
      Set.of("payload", "signature", "hashingAlgo", "signingAlgo");

  public SignedEnvelope {
    requireNonNull(payload, "payload is null");
    requireNonNull(signature, "signature is null");
    requireNonNull(hashingAlgo, "hashingAlgo is null");
    requireNonNull(signingAlgo, "signingAlgo is null");
    requireNonNull(others, "others is null");
  }

  /** With one signature and nothing else. */
  public SignedEnvelope(
      JsonObject payload, String signature, String hashingAlgo, String signingAlgo) {
    this(payload, signature, hashingAlgo, signingAlgo, JsonObject.builder().build());
  }

  /**
   * Signs {@code payload}.
   *
   * @param signer RSASSA-PKCS1-v1_5 with SHA-256 by the atSign's encryption private key
   */
  public static SignedEnvelope sign(JsonObject payload, UnaryOperator<byte[]> signer) {
    byte[] signature = signer.apply(payload.toJson().getBytes(UTF_8));
    return new SignedEnvelope(
        payload, Base64.getEncoder().encodeToString(signature), SHA_256, RSA_2048);
  }

  /** Reads an envelope; the signature is not verified, but it is base64 by known algorithms. */
  public static SignedEnvelope parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("signed envelope", text);
    SignedEnvelope envelope =
        new SignedEnvelope(
            json.requireObject("payload"),
            json.requireText("signature"),
            json.requireText("hashingAlgo"),
            json.requireText("signingAlgo"),
            others(json));
    json.requireText("signature", Base64.getDecoder()::decode);
    if (!envelope.hashingAlgo.equals(SHA_256) || !envelope.signingAlgo.equals(RSA_2048)) {
      throw new ProtocolViolation(
          "signed envelope: algorithms other than sha256 and rsa2048 are not accepted");
    }
    return envelope;
  }

  private static JsonObject others(JsonObject json) {
    JsonObject.Builder rest = json.toBuilder();
    OURS.forEach(rest::remove);
    return rest.build();
  }

  /** The same with one more field beside the signature. */
  public SignedEnvelope with(String field, JsonObject value) {
    return new SignedEnvelope(
        payload, signature, hashingAlgo, signingAlgo, others.toBuilder().put(field, value).build());
  }

  /** What the signature is over: the payload as its sender wrote it. */
  public byte[] signedBytes() {
    return payload.toJson().getBytes(UTF_8);
  }

  /** The signature's bytes. */
  public byte[] signatureBytes() {
    return Base64.getDecoder().decode(signature);
  }

  /** The one line that travels, without a newline. */
  public String toText() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("payload", payload)
            .put("signature", signature)
            .put("hashingAlgo", hashingAlgo)
            .put("signingAlgo", signingAlgo);
    others.fields().forEach(json::put);
    return json.build().toJson();
  }

  @Override
  public String toString() {
    return "SignedEnvelope[" + payload + "]";
  }
}
