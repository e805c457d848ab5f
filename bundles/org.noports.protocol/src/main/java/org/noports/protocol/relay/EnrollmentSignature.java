package org.noports.protocol.relay;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SignedEnvelope;

/**
 * What newer programs put beside an envelope's signature: the same payload signed with the key of
 * the one program that asks (docs/protocol/noports.md 2.5).
 *
 * @param key where the key is published
 * @param kid which of several keys there; empty if the signer does not say
 * @param algorithm {@link SigningKeyRecord#RSA} or {@link SigningKeyRecord#ML_DSA}
 * @param signature standard base64
 */
public record EnrollmentSignature(
    SigningKeyUri key, Optional<String> kid, String algorithm, String signature) {
  /** The envelope's field. */
  public static final String FIELD = "enrollmentSignature";

  private static final List<String> ALGORITHMS =
      List.of(SigningKeyRecord.RSA, SigningKeyRecord.ML_DSA);

  public EnrollmentSignature {
    requireNonNull(key, "key is null");
    requireNonNull(kid, "kid is null");
    requireNonNull(algorithm, "algorithm is null");
    requireNonNull(signature, "signature is null");
  }

  /**
   * Reads it; empty if the envelope has none.
   *
   * @throws ProtocolViolation if there is one that cannot be read, or by unknown algorithms
   */
  public static Optional<EnrollmentSignature> of(SignedEnvelope envelope) throws ProtocolViolation {
    Optional<JsonObject> json = envelope.others().object(FIELD);
    return json.isEmpty() ? Optional.empty() : Optional.of(read(json.get()));
  }

  private static EnrollmentSignature read(JsonObject json) throws ProtocolViolation {
    String algorithm = json.requireText("sa");
    if (!ALGORITHMS.contains(algorithm) || !json.requireText("ha").equals(SignedEnvelope.SHA_256)) {
      throw new ProtocolViolation(
          FIELD + ": algorithms other than sha256 with one of " + ALGORITHMS + " are not accepted");
    }
    json.requireText("s", Base64.getDecoder()::decode);
    return new EnrollmentSignature(
        SigningKeyUri.find(json.requireText("sk"))
            .orElseThrow(
                () -> new ProtocolViolation(FIELD + ": sk is not the record of an active key")),
        json.text("kid"),
        algorithm,
        json.requireText("s"));
  }

  /** The signature's bytes. */
  public byte[] signatureBytes() {
    return Base64.getDecoder().decode(signature);
  }

  @Override
  public String toString() {
    return "EnrollmentSignature[" + key + ", " + algorithm + "]";
  }
}
