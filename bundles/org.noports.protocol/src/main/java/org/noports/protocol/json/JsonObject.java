package org.noports.protocol.json;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.noports.api.ProtocolViolation;

/**
 * A JSON object whose fields keep their order. An object that was parsed writes itself as the
 * sender wrote it, so {@link #toJson} of a part is what the sender signed.
 *
 * <p>Getters take a field's absence and the literal {@code null} for the same thing; a value of
 * another type is a {@link ProtocolViolation} that names the message and the field.
 */
public final class JsonObject implements JsonValue {
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  /** Enough for a sentence and a value of usual length. */
  private static final int LONGEST_REASON = 250;

  private final String what;
  private final Map<String, JsonValue> fields;

  JsonObject(String what, Map<String, JsonValue> fields) {
    this.what = what;
    this.fields = Collections.unmodifiableMap(fields);
  }

  /**
   * Reads a text that must be an object.
   *
   * @param what names the text in errors, for example {@code npt_request}
   */
  public static JsonObject parse(String what, String text) throws ProtocolViolation {
    requireNonNull(what, "what is null");
    if (JsonReader.read(what, requireNonNull(text, "text is null")) instanceof JsonObject object) {
      return object;
    }
    throw new ProtocolViolation(what + " is not a JSON object");
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The fields in order; unmodifiable. */
  public Map<String, JsonValue> fields() {
    return fields;
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** The value of a field as it stands, {@link JsonValue.Literal#NULL} included. */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  public Optional<String> text(String name) throws ProtocolViolation {
    return typed(name, Text.class, "a string").map(Text::value);
  }

  public String requireText(String name) throws ProtocolViolation {
    return text(name).orElseThrow(() -> missing(name));
  }

  /**
   * A string that stands for a value, such as an atSign.
   *
   * @param reader makes the value, and throws {@link IllegalArgumentException} for a wrong text
   */
  public <T> Optional<T> text(String name, Function<String, T> reader) throws ProtocolViolation {
    Optional<String> text = text(name);
    try {
      return text.map(reader);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation(
          what + ": field '" + name + "' is wrong: " + shown(String.valueOf(e.getMessage())), e);
    }
  }

  public <T> T requireText(String name, Function<String, T> reader) throws ProtocolViolation {
    return text(name, reader).orElseThrow(() -> missing(name));
  }

  public Optional<Long> whole(String name) throws ProtocolViolation {
    Optional<JsonValue.Number> number = typed(name, JsonValue.Number.class, "a whole number");
    try {
      return number.map(n -> Long.valueOf(n.text()));
    } catch (NumberFormatException e) {
      throw new ProtocolViolation(what + ": field '" + name + "' must be a whole number");
    }
  }

  /** A whole number from {@code least} to {@code most}. */
  public Optional<Long> whole(String name, long least, long most) throws ProtocolViolation {
    Optional<Long> value = whole(name);
    if (value.isPresent() && (value.get() < least || value.get() > most)) {
      throw new ProtocolViolation(
          what + ": field '" + name + "' is not between " + least + " and " + most);
    }
    return value;
  }

  public long requireWhole(String name) throws ProtocolViolation {
    return whole(name).orElseThrow(() -> missing(name));
  }

  /** A TCP port, 0 to 65535. */
  public int requirePort(String name) throws ProtocolViolation {
    return whole(name, 0, 65535).orElseThrow(() -> missing(name)).intValue();
  }

  public Optional<Boolean> flag(String name) throws ProtocolViolation {
    return typed(name, Literal.class, "true or false").map(literal -> literal == Literal.TRUE);
  }

  public boolean requireFlag(String name) throws ProtocolViolation {
    return flag(name).orElseThrow(() -> missing(name));
  }

  public Optional<JsonObject> object(String name) throws ProtocolViolation {
    return typed(name, JsonObject.class, "an object");
  }

  public JsonObject requireObject(String name) throws ProtocolViolation {
    return object(name).orElseThrow(() -> missing(name));
  }

  public Optional<JsonArray> array(String name) throws ProtocolViolation {
    return typed(name, JsonArray.class, "an array");
  }

  /** A builder that starts with these fields. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    fields.forEach(builder::put);
    return builder;
  }

  private <T extends JsonValue> Optional<T> typed(String name, Class<T> type, String expected)
      throws ProtocolViolation {
    JsonValue value = fields.get(name);
    if (value == null || value == Literal.NULL) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new ProtocolViolation(what + ": field '" + name + "' must be " + expected);
    }
    return Optional.of(type.cast(value));
  }

  private ProtocolViolation missing(String name) {
    return new ProtocolViolation(what + ": field '" + name + "' is missing");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && toJson().equals(object.toJson());
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** It tells of a stranger's text, which may be long and of several lines. */
  private static String shown(String message) {
    String line = oneLine(message);
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }

  private static String oneLine(String text) {
    return BREAKS.matcher(text).replaceAll("?");
  }

  /** Its names alone, in one line whatever they are: it may stand in a log. */
  @Override
  public String toString() {
    String names = String.join(",", fields.keySet());
    return "JsonObject[" + oneLine(names) + "]";
  }

  /**
   * Collects fields in order; a name given twice keeps its first place and takes the last value.
   */
  public static final class Builder {
    private final Map<String, JsonValue> fields = new LinkedHashMap<>();

    private Builder() {}

    public Builder put(String name, JsonValue value) {
      fields.put(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new Text(value));
    }

    public Builder put(String name, long value) {
      return put(name, JsonValue.Number.of(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, JsonValue.of(value));
    }

    public Builder put(String name, Collection<String> values) {
      return put(name, JsonArray.ofTexts(values));
    }

    /** A string, or the literal {@code null} where there is none. */
    public Builder putNullable(String name, Optional<String> value) {
      return put(name, JsonValue.ofNullable(value));
    }

    /** Only if there is a value. */
    public Builder putIfPresent(String name, Optional<String> value) {
      value.ifPresent(text -> put(name, text));
      return this;
    }

    public Builder remove(String name) {
      fields.remove(name);
      return this;
    }

    public JsonObject build() {
      return new JsonObject("JSON object", new LinkedHashMap<>(fields));
    }
  }
}
