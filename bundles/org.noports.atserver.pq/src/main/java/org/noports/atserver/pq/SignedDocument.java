package org.noports.atserver.pq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.relay.SigningKeyRecord;

/**
 * A document with signatures in RFC 7515's general JSON form, as upstream signs its records.
 *
 * @param payload as it was signed: base64url
 * @param signatures one or more, all of one signer and for one use
 */
record SignedDocument(String payload, List<Signature> signatures) {
  private static final String WHAT = "a signed document";

  /** JOSE's names, by those of signing key records. */
  static final Map<String, String> JOSE =
      Map.of(SigningKeyRecord.RSA, "RS256", SigningKeyRecord.ML_DSA, "ML-DSA-65");

  private static final Map<String, String> VERIFIERS =
      Map.of(
          SigningKeyRecord.RSA,
          SignatureAlgorithm.RSA_2048_SHA_256,
          SigningKeyRecord.ML_DSA,
          SignatureAlgorithm.ML_DSA_65);

  /**
   * One signature.
   *
   * @param header as it was signed: base64url
   * @param said what the header says
   * @param bytes the signature
   */
  record Signature(String header, JsonObject said, byte[] bytes) {
    private boolean isOf(String algorithm) throws ProtocolViolation {
      return said.text("alg").equals(Optional.ofNullable(JOSE.get(algorithm)));
    }

    @Override
    public String toString() {
      return "Signature";
    }
  }

  SignedDocument {
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads the text; nothing is verified by that.
   *
   * @param type what it must have been signed for
   */
  static SignedDocument parse(String type, String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse(WHAT, text);
    List<Signature> signatures = new ArrayList<>();
    for (JsonValue item : json.array("signatures").map(JsonArray::items).orElse(List.of())) {
      if (item instanceof JsonObject entry) {
        signatures.add(signature(entry));
      }
    }
    SignedDocument document = new SignedDocument(json.requireText("payload"), signatures);
    document.check(type);
    return document;
  }

  private static Signature signature(JsonObject entry) throws ProtocolViolation {
    String header = entry.requireText("protected");
    JsonObject said = JsonObject.parse("its header", text(header));
    return new Signature(header, said, bytes(entry.requireText("signature")));
  }

  private void check(String type) throws ProtocolViolation {
    if (signatures.isEmpty()) {
      throw new ProtocolViolation("It has no signature");
    }
    for (Signature each : signatures) {
      if (!each.said.requireText("typ").equals(type)) {
        throw new ProtocolViolation("It was signed for another use than " + type);
      }
      if (!each.said.text("enid").equals(enrollment())) {
        throw new ProtocolViolation("Its signatures are of several signers");
      }
    }
  }

  /** Whose key signed; empty for an atSign's first keys. */
  Optional<String> enrollment() throws ProtocolViolation {
    return signatures.get(0).said.text("enid");
  }

  /**
   * What was signed.
   *
   * @param signer what the signer publishes; its strongest algorithm decides, and a signature by a
   *     weaker one alone is refused
   */
  JsonObject verified(SigningKeyRecord signer, CipherCatalogue ciphers)
      throws ProtocolViolation, PeerUnverified, CipherUnavailable {
    String algorithm = strongest();
    for (Signature each : signatures) {
      if (each.isOf(algorithm)) {
        SigningKeyRecord.Key key = signer.find(algorithm, each.said.text("kid"));
        byte[] signed = (each.header + "." + payload).getBytes(StandardCharsets.US_ASCII);
        if (!ciphers.signature(VERIFIERS.get(algorithm)).verifies(key.text(), signed, each.bytes)) {
          throw new PeerUnverified("Its signature by " + algorithm + " is not by the key named");
        }
      }
    }
    return unverified();
  }

  /** What it says, for who wrote it. */
  JsonObject unverified() throws ProtocolViolation {
    return JsonObject.parse("its payload", text(payload));
  }

  private String strongest() throws ProtocolViolation {
    for (String algorithm : List.of(SigningKeyRecord.ML_DSA, SigningKeyRecord.RSA)) {
      for (Signature each : signatures) {
        if (each.isOf(algorithm)) {
          return algorithm;
        }
      }
    }
    throw new ProtocolViolation("Its signatures are by algorithms that are not known");
  }

  private static String text(String base64) throws ProtocolViolation {
    return new String(bytes(base64), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String base64) throws ProtocolViolation {
    try {
      return Base64.getUrlDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation(WHAT + " has a part that is not base64url", e);
    }
  }
}
