package org.noports.identity;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/** The form of a pins file: one JSON object with a format number and a list of pins. */
final class PinsText {
  static final int FORMAT = 1;

  private PinsText() {}

  /**
   * Reads a file's text.
   *
   * @param learnt how its pins were learnt, where they do not say
   */
  static List<Pin> parse(Path file, String text, String learnt) throws IdentityUnusable {
    try {
      JsonObject json = JsonObject.parse("pins", text);
      long format = json.requireWhole("format");
      if (format > FORMAT) {
        throw new IdentityUnusable(
            "The pins in "
                + file
                + " have format "
                + format
                + ", and this program knows formats up to "
                + FORMAT
                + ": use the newer program that wrote them; nothing was changed");
      }
      List<Pin> pins = new ArrayList<>();
      for (JsonValue value : json.array("pins").map(JsonArray::items).orElse(List.of())) {
        pins.add(pin(value, learnt));
      }
      return pins;
    } catch (ProtocolViolation e) {
      throw new IdentityUnusable(
          "The pins in "
              + file
              + " cannot be read, and without them no peer is told from an impostor: "
              + e.getMessage()
              + "; mend the file, or move it away to meet everybody for the first time",
          e);
    }
  }

  private static Pin pin(JsonValue value, String learnt) throws ProtocolViolation {
    if (!(value instanceof JsonObject json)) {
      throw new ProtocolViolation("a pin is not an object");
    }
    return new Pin(
        json.requireText("peer", AtSign::of),
        json.text("device", DeviceName::of),
        keys(json.requireObject("keys")),
        json.text("lowest", Level::valueOf).orElse(Level.L0),
        json.text("since", PinsText::instant).orElse(Instant.EPOCH),
        json.text("learnt").orElse(learnt));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time", e);
    }
  }

  private static Map<String, Fingerprint> keys(JsonObject json) throws ProtocolViolation {
    Map<String, Fingerprint> keys = new LinkedHashMap<>();
    for (String kind : json.fields().keySet()) {
      keys.put(kind, json.requireText(kind, Fingerprint::of));
    }
    return keys;
  }

  /** One pin a line, so that people can read and compare files. */
  static String text(List<Pin> pins) {
    StringBuilder text = new StringBuilder("{\"format\":" + FORMAT + ",\"pins\":[");
    String separator = "\n";
    for (Pin pin : pins) {
      text.append(separator).append(json(pin).toJson());
      separator = ",\n";
    }
    return text.append("\n]}\n").toString();
  }

  private static JsonObject json(Pin pin) {
    JsonObject.Builder keys = JsonObject.builder();
    pin.keys().forEach((kind, key) -> keys.put(kind, key.text()));
    return JsonObject.builder()
        .put("peer", pin.peer().name())
        .putIfPresent("device", pin.device().map(DeviceName::name))
        .put("keys", keys.build())
        .put("lowest", pin.lowest().name())
        .put("since", pin.since().toString())
        .put("learnt", pin.learnt())
        .build();
  }
}
