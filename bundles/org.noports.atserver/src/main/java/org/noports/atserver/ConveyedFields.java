package org.noports.atserver;

import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.ConveyedKeys.Sealed;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;

/** Conveyed keys as they travel: in a request or approval, and as the atServer keeps them. */
final class ConveyedFields {
  private ConveyedFields() {}

  static EnrollParams into(EnrollParams params, ConveyedKeys keys) {
    EnrollParams one =
        with(
            params,
            keys.encryptionPrivateKey(),
            EnrollField.ENCRYPTED_PRIVATE_KEY,
            EnrollField.PRIVATE_KEY_IV);
    return with(
        one, keys.selfEncryptionKey(), EnrollField.ENCRYPTED_SELF_KEY, EnrollField.SELF_KEY_IV);
  }

  private static EnrollParams with(
      EnrollParams params, Sealed key, EnrollField text, EnrollField iv) {
    EnrollParams more = params.with(text, key.text());
    Optional<String> start = key.iv();
    return start.isPresent() ? more.with(iv, start.get()) : more;
  }

  /** What {@code keys:get} answers for one of them. */
  static Sealed kept(String json) throws ProtocolViolation {
    JsonObject stored = JsonObject.parse("conveyed key", json);
    return new Sealed(
        stored.requireText("value"), stored.text("iv").filter(text -> !text.isEmpty()));
  }
}
