package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataField;

/**
 * What a look-up with {@code all} answers (docs/protocol/atprotocol.md 3.10 to 3.12).
 *
 * @param text the value; empty if it has expired
 * @param metadata what is known of it
 */
record StoredValue(Optional<String> text, Metadata metadata) {
  private static final String BASE64 = "base64";

  StoredValue {
    requireNonNull(text, "text is null");
    requireNonNull(metadata, "metadata is null");
  }

  static StoredValue parse(String what, String answer) throws ProtocolViolation {
    if (answer.equals("null")) {
      return new StoredValue(Optional.empty(), Metadata.EMPTY);
    }
    JsonObject json = JsonObject.parse(what, answer);
    Optional<JsonObject> metadata = json.object("metaData");
    return new StoredValue(
        json.text("data"), metadata.isPresent() ? Metadata.parse(metadata.get()) : Metadata.EMPTY);
  }

  /** The text as its writer had it: what has line ends travels in base64. */
  Optional<String> decoded(String what) throws ProtocolViolation {
    if (text.isEmpty()
        || !metadata.text(MetadataField.ENCODING).filter(BASE64::equals).isPresent()) {
      return text;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.get());
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation(what + " says it is base64 and is not", e);
    }
  }

  /** The value that {@link #decoded} gives back, for a text with line ends. */
  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
