package org.noports.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.Notification;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/**
 * What somebody in between does to one field of one message.
 *
 * @param message which message
 * @param path the field, its parents before it
 * @param strips whether the field is taken away, or else changed
 */
record Tampering(Message message, List<String> path, boolean strips) {
  /** The messages of a handshake that carry JSON. */
  enum Message {
    HEARTBEAT("heartbeat.dev1.sshnp"),
    REQUEST("npt_request.dev1.sshnp"),
    RESPONSE("");

    private final String name;

    Message(String name) {
      this.name = name;
    }

    /** The response is the one that is named for its session. */
    boolean is(Notification message) {
      return this == RESPONSE
          ? message.name().matches("[0-9a-f-]{36}\\.dev1\\.sshnp")
          : message.name().equals(name);
    }
  }

  Tampering {
    path = List.copyOf(path);
  }

  /** One that strips and one that edits each field of {@code text}, objects included. */
  static List<Tampering> all(Message message, String text) {
    List<Tampering> all = new ArrayList<>();
    try {
      collect(message, JsonObject.parse("message", text), List.of(), all);
    } catch (ProtocolViolation e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private static void collect(
      Message message, JsonObject json, List<String> parents, List<Tampering> all) {
    for (Map.Entry<String, JsonValue> field : json.fields().entrySet()) {
      List<String> path = new ArrayList<>(parents);
      path.add(field.getKey());
      all.add(new Tampering(message, path, true));
      all.add(new Tampering(message, path, false));
      if (field.getValue() instanceof JsonObject nested) {
        collect(message, nested, path, all);
      }
    }
  }

  /** The message as it goes on. */
  Notification apply(Notification honest) {
    if (!message.is(honest)) {
      return honest;
    }
    try {
      String changed = apply(JsonObject.parse("message", honest.value()), path).toJson();
      return new Notification(
          honest.id(),
          honest.from(),
          honest.name(),
          changed,
          honest.operation(),
          honest.at(),
          honest.age());
    } catch (ProtocolViolation e) {
      throw new AssertionError(e);
    }
  }

  private JsonObject apply(JsonObject json, List<String> rest) {
    String field = rest.get(0);
    JsonValue value = json.fields().get(field);
    JsonObject.Builder changed = json.toBuilder();
    if (rest.size() > 1) {
      JsonObject nested = (JsonObject) value;
      return changed.put(field, apply(nested, rest.subList(1, rest.size()))).build();
    }
    return (strips ? changed.remove(field) : changed.put(field, edited(value))).build();
  }

  /** Another value of the same type: the most that is believed. */
  private static JsonValue edited(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return new JsonValue.Text(edited(text.value()));
    }
    if (value instanceof JsonValue.Number number) {
      return JsonValue.Number.of(Long.parseLong(number.text()) + 1);
    }
    if (value instanceof JsonObject) {
      return JsonObject.builder().build();
    }
    if (value instanceof JsonArray) {
      return new JsonArray(List.of());
    }
    return JsonValue.of(value != JsonValue.Literal.TRUE);
  }

  private static String edited(String text) {
    if (text.isEmpty()) {
      return "x";
    }
    char first = text.charAt(0);
    char other = Character.isDigit(first) ? (first == '2' ? '3' : '2') : first == 'a' ? 'b' : 'a';
    return other + text.substring(1);
  }

  @Override
  public String toString() {
    return message + (strips ? " without " : " with another ") + String.join(".", path);
  }
}
