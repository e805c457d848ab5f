package org.noports.protocol.verb;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/** The JSON form of metadata. */
final class MetadataJson {
  /** Holds {@code hash} and {@code algo}; the one nested field. */
  private static final String PUB_KEY_HASH = "pubKeyHash";

  private MetadataJson() {}

  static JsonObject write(Metadata metadata) {
    JsonObject.Builder json = JsonObject.builder();
    JsonObject.Builder hash = JsonObject.builder();
    for (Map.Entry<MetadataField, String> entry : metadata.values().entrySet()) {
      MetadataField field = entry.getKey();
      (isNested(field) ? hash : json).put(field.json(), value(field, entry.getValue()));
    }
    JsonObject nested = hash.build();
    return nested.fields().isEmpty() ? json.build() : json.put(PUB_KEY_HASH, nested).build();
  }

  private static boolean isNested(MetadataField field) {
    return field == MetadataField.PUB_KEY_HASH || field == MetadataField.PUB_KEY_HASHING_ALGO;
  }

  static JsonValue value(MetadataField field, String text) {
    return switch (field.type()) {
      case WHOLE -> new JsonValue.Number(text);
      case FLAG -> JsonValue.of(Boolean.parseBoolean(text));
      case TEXT, TIME -> new JsonValue.Text(text);
    };
  }

  static Metadata read(JsonObject json) throws ProtocolViolation {
    Map<MetadataField, String> values = new EnumMap<>(MetadataField.class);
    Optional<JsonObject> nested = json.object(PUB_KEY_HASH);
    for (MetadataField field : MetadataField.values()) {
      Optional<JsonValue> value =
          isNested(field) ? nested.flatMap(hash -> hash.get(field.json())) : json.get(field.json());
      Optional<String> text = value.flatMap(each -> text(field, each));
      if (text.isPresent()) {
        values.put(field, canonical(field, text.get()));
      }
    }
    return new Metadata(values);
  }

  /** What programs add of their own is base64 of an object to verbs, and the object in JSON. */
  private static Optional<String> text(MetadataField field, JsonValue value) {
    return field == MetadataField.APP_METADATA && value instanceof JsonObject object
        ? Optional.of(AppMetadata.encode(object))
        : text(value);
  }

  /** Some programs write every value as a string, and absent ones as the string null. */
  private static Optional<String> text(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value().equals("null") ? Optional.empty() : Optional.of(text.value());
    }
    if (value instanceof JsonValue.Number number) {
      return Optional.of(number.text());
    }
    return value instanceof JsonValue.Literal literal && literal != JsonValue.Literal.NULL
        ? Optional.of(literal.name())
        : Optional.empty();
  }

  private static String canonical(MetadataField field, String text) throws ProtocolViolation {
    try {
      return field.canonical(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("metadata: field '" + field.json() + "' is wrong", e);
    }
  }
}
