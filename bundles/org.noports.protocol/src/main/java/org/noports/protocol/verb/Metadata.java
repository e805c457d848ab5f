package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * What is known of a key beside its value. A field that is absent was never set.
 *
 * @param values each field's canonical text
 */
public record Metadata(Map<MetadataField, String> values) {
  /** Nothing known. */
  public static final Metadata EMPTY = new Metadata(Map.of());

  public Metadata {
    Map<MetadataField, String> copy = new EnumMap<>(MetadataField.class);
    requireNonNull(values, "values is null")
        .forEach((field, text) -> copy.put(field, field.canonical(text)));
    values = Collections.unmodifiableMap(copy);
  }

  /** The JSON form without absent fields, in the reference's order. */
  public JsonObject toJson() {
    return MetadataJson.write(this);
  }

  /** Reads the JSON form of any generation: unknown fields are ignored, null means absent. */
  public static Metadata parse(JsonObject json) throws ProtocolViolation {
    return MetadataJson.read(json);
  }

  public Optional<String> text(MetadataField field) {
    return Optional.ofNullable(values.get(field));
  }

  public Optional<Long> whole(MetadataField field) {
    return text(field).map(Long::valueOf);
  }

  /** The flag, false where it was never set. */
  public boolean flag(MetadataField field) {
    return Boolean.parseBoolean(values.get(field));
  }

  public Optional<Instant> time(MetadataField field) {
    return text(field).map(Timestamp::parse);
  }

  public Metadata with(MetadataField field, String text) {
    Map<MetadataField, String> copy = new EnumMap<>(MetadataField.class);
    copy.putAll(values);
    copy.put(field, text);
    return new Metadata(copy);
  }

  public Metadata with(MetadataField field, Instant time) {
    return with(field, Timestamp.format(time));
  }

  public Metadata without(MetadataField field) {
    Map<MetadataField, String> copy = new EnumMap<>(MetadataField.class);
    copy.putAll(values);
    copy.remove(field);
    return new Metadata(copy);
  }

  @Override
  public String toString() {
    return "Metadata" + values.keySet();
  }
}
