package org.noports.protocol.json;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One JSON value. Immutable; {@code toString} never shows content, since content may be secret:
 * {@link #toJson} does.
 */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonValue.Text, JsonValue.Number, JsonValue.Literal {

  /**
   * The compact form, exactly as the reference programs write it: no white space, fields in their
   * order, neither {@code /} nor any character beyond ASCII escaped.
   */
  default String toJson() {
    StringBuilder out = new StringBuilder();
    JsonWriter.append(this, out);
    return out.toString();
  }

  /** A string, or the literal {@code null} where there is none. */
  static JsonValue ofNullable(Optional<String> text) {
    return text.<JsonValue>map(Text::new).orElse(Literal.NULL);
  }

  /** {@code true} or {@code false}. */
  static JsonValue of(boolean flag) {
    return flag ? Literal.TRUE : Literal.FALSE;
  }

  /** A string. */
  record Text(String value) implements JsonValue {
    public Text {
      requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
      return "Text[" + value.length() + " chars]";
    }
  }

  /**
   * A number, kept as it was written: {@code 1.0} stays {@code 1.0}.
   *
   * @param text a JSON number
   */
  record Number(String text) implements JsonValue {
    private static final Pattern FORM =
        Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    public Number {
      if (!FORM.matcher(requireNonNull(text, "text is null")).matches()) {
        throw new IllegalArgumentException("'" + text + "' is not a JSON number");
      }
    }

    /** A whole number. */
    public static Number of(long value) {
      return new Number(Long.toString(value));
    }
  }

  /** The three words of JSON. */
  enum Literal implements JsonValue {
    TRUE,
    FALSE,
    NULL
  }
}
