package org.noports.protocol.json;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The text of one object, written field by field as a {@link JsonObject} of the same fields would
 * write itself, without making one: for what is written thousands of times a second. A field is
 * said once. Not thread-safe.
 */
public final class JsonText {
  private static final int USUAL_LENGTH = 512;

  private static final String BEGIN = "{";

  private final StringBuilder out;
  private String separator = "";

  private JsonText(StringBuilder out, String begun) {
    this.out = out.append(begun);
  }

  /** An object without fields yet. */
  public static JsonText begin() {
    return new JsonText(new StringBuilder(USUAL_LENGTH), BEGIN);
  }

  /**
   * Goes on where {@link #soFar} was asked, with the next field.
   *
   * @param soFar an object with at least one field
   */
  public static JsonText goOn(String soFar) {
    JsonText text = new JsonText(new StringBuilder(USUAL_LENGTH + soFar.length()), soFar);
    text.separator = ",";
    return text;
  }

  /** What is written so far, without an end. */
  public String soFar() {
    return out.toString();
  }

  private StringBuilder name(String name) {
    out.append(separator);
    separator = ",";
    JsonWriter.appendText(requireNonNull(name, "name is null"), out);
    return out.append(':');
  }

  public JsonText put(String name, JsonValue value) {
    JsonWriter.append(requireNonNull(value, "value is null"), name(name));
    return this;
  }

  public JsonText put(String name, String value) {
    JsonWriter.appendText(requireNonNull(value, "value is null"), name(name));
    return this;
  }

  public JsonText put(String name, long value) {
    name(name).append(value);
    return this;
  }

  public JsonText put(String name, boolean value) {
    name(name).append(value);
    return this;
  }

  /** A string, or the literal {@code null} where there is none. */
  public JsonText putNullable(String name, Optional<String> value) {
    return put(name, JsonValue.ofNullable(value));
  }

  /** Only if there is a value. */
  public JsonText putIfPresent(String name, Optional<String> value) {
    value.ifPresent(text -> put(name, text));
    return this;
  }

  /** Begins an object as a field; to be ended before the next field here. */
  public JsonText object(String name) {
    return new JsonText(name(name), BEGIN);
  }

  /** Ends the object; the text of all that was begun with {@link #begin}. */
  public String end() {
    return out.append('}').toString();
  }

  /** Ends an object that is a field. */
  public void endField() {
    out.append('}');
  }
}
