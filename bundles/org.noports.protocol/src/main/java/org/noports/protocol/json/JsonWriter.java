package org.noports.protocol.json;

import java.util.Locale;
import java.util.Map;

/**
 * Writes values as Dart's {@code jsonEncode} does: what other programs sign is this text, so each
 * choice here is fixed by the wire (docs/protocol/noports.md 2.5).
 */
final class JsonWriter {
  private JsonWriter() {}

  static void append(JsonValue value, StringBuilder out) {
    if (value instanceof JsonObject object) {
      appendObject(object, out);
    } else if (value instanceof JsonArray array) {
      appendArray(array, out);
    } else if (value instanceof JsonValue.Text text) {
      appendText(text.value(), out);
    } else if (value instanceof JsonValue.Number number) {
      out.append(number.text());
    } else if (value instanceof JsonValue.Literal literal) {
      out.append(literal.name().toLowerCase(Locale.ROOT));
    }
  }

  private static void appendObject(JsonObject object, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, JsonValue> field : object.fields().entrySet()) {
      out.append(separator);
      appendText(field.getKey(), out);
      out.append(':');
      append(field.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void appendArray(JsonArray array, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (JsonValue item : array.items()) {
      out.append(separator);
      append(item, out);
      separator = ",";
    }
    out.append(']');
  }

  static void appendText(String text, StringBuilder out) {
    out.append('"');
    if (isPlain(text)) {
      out.append(text).append('"');
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20) {
        appendControl(c, out);
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isSurrogate(c) && isLone(text, i)) {
        appendHex(c, out);
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static void appendControl(char c, StringBuilder out) {
    switch (c) {
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> appendHex(c, out);
    }
  }

  private static void appendHex(char c, StringBuilder out) {
    out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
  }

  private static boolean isLone(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
  }
}
