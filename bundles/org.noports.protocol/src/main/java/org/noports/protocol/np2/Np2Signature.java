package org.noports.protocol.np2;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SignedEnvelope;

/**
 * The signature beside RSA, over the same bytes, in a field of the envelope that other programs
 * pass over (docs/protocol/np2.md 11).
 *
 * @param algorithm {@code mldsa65}
 * @param signature standard base64
 */
public record Np2Signature(String algorithm, String signature) {
  /** The envelope's field. */
  public static final String FIELD = "np2Signature";

  public Np2Signature {
    requireNonNull(algorithm, "algorithm is null");
    requireNonNull(signature, "signature is null");
  }

  /** {@code envelope}, signed by {@code key} as well. */
  public static SignedEnvelope add(SignedEnvelope envelope, SigningKey key) {
    byte[] signature = key.sign(envelope.signedBytes());
    return envelope.with(
        FIELD,
        JsonObject.builder()
            .put("sa", key.algorithm())
            .put("s", Base64.getEncoder().encodeToString(signature))
            .build());
  }

  /** Reads it; empty if there is none. */
  public static Optional<Np2Signature> of(SignedEnvelope envelope) throws ProtocolViolation {
    Optional<JsonObject> json = envelope.others().object(FIELD);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    json.get().requireText("s", Base64.getDecoder()::decode);
    return Optional.of(new Np2Signature(json.get().requireText("sa"), json.get().requireText("s")));
  }

  /** The signature's bytes. */
  public byte[] bytes() {
    return Base64.getDecoder().decode(signature);
  }

  @Override
  public String toString() {
    return "Np2Signature[" + algorithm + "]";
  }
}
