package org.noports.atserver.pq;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.relay.SigningKeyRecord;
import org.noports.protocol.session.MessageNames;

/** Signs documents with the keys that an identity publishes for that. */
final class Signing {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Signing() {}

  /** The text of a {@link SignedDocument}: by RSA, and by ML-DSA-65 if that is published, too. */
  static String sign(String type, JsonObject payload, Identity identity) {
    String body = encoded(payload.toJson());
    List<JsonValue> signatures = new ArrayList<>();
    String record = identity.signingKeyRecord();
    if (identity.signingKey().isPresent() && record.startsWith("{")) {
      SigningKey key = identity.signingKey().get();
      String header = header(type, SigningKeyRecord.ML_DSA, key.publicKey(), identity);
      signatures.add(entry(header, key.sign(signed(header, body))));
    }
    String header =
        header(type, SigningKeyRecord.RSA, identity.authenticationPublicKey(), identity);
    signatures.add(entry(header, identity.signAsAuthentication(signed(header, body))));
    return JsonObject.builder()
        .put("payload", body)
        .put("signatures", new JsonArray(signatures))
        .build()
        .toJson();
  }

  /** The order of its fields is signed. */
  private static String header(String type, String algorithm, String key, Identity identity) {
    return encoded(
        JsonObject.builder()
            .put("alg", SignedDocument.JOSE.get(algorithm))
            .put("typ", type)
            .put("kid", SigningKeyRecord.kid(key))
            .put("enid", identity.enrollmentId().orElse(MessageNames.PRIMARY_ENROLLMENT))
            .put("v", 1)
            .build()
            .toJson());
  }

  private static JsonObject entry(String header, byte[] signature) {
    return JsonObject.builder()
        .put("protected", header)
        .put("signature", BASE64.encodeToString(signature))
        .build();
  }

  private static byte[] signed(String header, String body) {
    return (header + "." + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
