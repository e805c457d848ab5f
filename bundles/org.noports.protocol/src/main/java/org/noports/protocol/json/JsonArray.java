package org.noports.protocol.json;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.noports.api.ProtocolViolation;

/**
 * A JSON array.
 *
 * @param items the values in order
 */
public record JsonArray(List<JsonValue> items) implements JsonValue {
  public JsonArray {
    items = List.copyOf(requireNonNull(items, "items is null"));
  }

  /**
   * Reads a text that must be an array.
   *
   * @param what names the text in errors, for example {@code the scan's answer}
   */
  public static JsonArray parse(String what, String text) throws ProtocolViolation {
    if (JsonReader.read(what, text) instanceof JsonArray array) {
      return array;
    }
    throw new ProtocolViolation(what + " is not a JSON array");
  }

  public static JsonArray ofTexts(Collection<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(Text::new).toList());
  }

  /** The items, each of which must be a string. */
  public List<String> texts() throws ProtocolViolation {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : items) {
      if (!(item instanceof Text text)) {
        throw new ProtocolViolation("A JSON array holds something else than strings");
      }
      texts.add(text.value());
    }
    return List.copyOf(texts);
  }

  @Override
  public String toString() {
    return "JsonArray[" + items.size() + " items]";
  }
}
