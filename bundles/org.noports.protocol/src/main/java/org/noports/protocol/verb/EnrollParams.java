package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * What an {@link Enroll} is about (docs/protocol/atprotocol.md 3.6): a JSON object whose known
 * fields have the right types; fields we do not know are kept.
 *
 * @param json as it travels
 */
public record EnrollParams(JsonObject json) {
  /** Nothing said. */
  public static final EnrollParams NONE = new EnrollParams(JsonObject.builder().build());

  /** Checks the types; a wrong one is an illegal argument. */
  public EnrollParams {
    requireNonNull(json, "json is null");
    try {
      check(json);
    } catch (ProtocolViolation e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void check(JsonObject json) throws ProtocolViolation {
    for (EnrollField field : EnrollField.values()) {
      json.text(field.json());
    }
    Optional<JsonObject> namespaces = json.object("namespaces");
    if (namespaces.isPresent()) {
      for (String name : namespaces.get().fields().keySet()) {
        namespaces.get().requireText(name);
      }
    }
    Optional<JsonArray> filter = json.array("enrollmentStatusFilter");
    if (filter.isPresent()) {
      filter.get().texts();
    }
    json.whole("apkamKeysExpiryInMillis", 0, MetadataChange.MAX_TIME);
    json.object("metadata");
    json.object("apsk");
  }

  /** Reads the JSON that follows a verb. */
  static EnrollParams parse(String text) throws VerbFailure {
    try {
      return new EnrollParams(JsonObject.parse("enroll", text));
    } catch (ProtocolViolation | IllegalArgumentException e) {
      throw VerbFailure.syntax("Invalid syntax. " + e.getMessage());
    }
  }

  /** The same with one text named. */
  public EnrollParams with(EnrollField field, String value) {
    return new EnrollParams(json.toBuilder().put(field.json(), value).build());
  }

  /** The same with these namespaces asked for; each with {@code r} or {@code rw}. */
  public EnrollParams withNamespaces(Map<String, String> namespaces) {
    JsonObject.Builder asked = JsonObject.builder();
    namespaces.forEach(asked::put);
    return new EnrollParams(json.toBuilder().put("namespaces", asked.build()).build());
  }

  /** A text that is there and not empty. */
  public Optional<String> text(EnrollField field) {
    return Optional.ofNullable(json.fields().get(field.json()))
        .filter(JsonValue.Text.class::isInstance)
        .map(value -> ((JsonValue.Text) value).value())
        .filter(value -> !value.isEmpty());
  }

  /** The namespaces, in lower case, each with what is asked for it; empty if nothing is said. */
  public Map<String, String> namespaces() {
    Map<String, String> names = new LinkedHashMap<>();
    if (json.fields().get("namespaces") instanceof JsonObject object) {
      object
          .fields()
          .forEach(
              (name, access) ->
                  names.put(
                      name.toLowerCase(Locale.ROOT),
                      ((JsonValue.Text) access).value().toLowerCase(Locale.ROOT)));
    }
    return names;
  }

  /** The states that a list is narrowed to; empty if it is not. */
  public Optional<List<String>> statusFilter() {
    return json.fields().get("enrollmentStatusFilter") instanceof JsonArray array
        ? Optional.of(
            array.items().stream()
                .map(item -> ((JsonValue.Text) item).value().toLowerCase(Locale.ROOT))
                .toList())
        : Optional.empty();
  }

  /** Milliseconds for which the keys are good once approved; 0 for ever. */
  public long keysExpiryMillis() {
    return json.fields().get("apkamKeysExpiryInMillis") instanceof JsonValue.Number number
        ? Long.parseLong(number.text())
        : 0;
  }

  /** A field that is an object, such as {@code metadata} or {@code apsk}. */
  public Optional<JsonObject> object(String name) {
    return json.fields().get(name) instanceof JsonObject object
        ? Optional.of(object)
        : Optional.empty();
  }

  /** Passcodes and wrapped keys are in it. */
  @Override
  public String toString() {
    return "EnrollParams" + json.fields().keySet();
  }
}
