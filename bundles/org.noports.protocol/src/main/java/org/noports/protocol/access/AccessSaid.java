package org.noports.protocol.access;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.api.access.PlainLine;
import org.noports.protocol.json.JsonObject;

/**
 * What a device says to a request for access: the payload of {@code access_answer}
 * (docs/protocol/access.md).
 *
 * @param id the request's
 * @param device which device says it
 * @param word what has become of it
 * @param until the end of what was granted
 * @param reason for people, a {@link PlainLine}; may be empty
 */
public record AccessSaid(
    String id, DeviceName device, Word word, Optional<Instant> until, String reason) {
  /** A sentence, and room for the place that it is about. */
  public static final int MOST_REASON = 500;

  /** What may become of a request. */
  public enum Word {
    /** Somebody has to grant it. */
    WAITING,
    /** It is granted, until the time that is said beside it. */
    GRANTED,
    /** No. */
    DENIED
  }

  public AccessSaid {
    requireNonNull(id, "id is null");
    requireNonNull(device, "device is null");
    if (!PlainLine.fits(reason, MOST_REASON)) {
      throw new IllegalArgumentException(
          "A reason is one line of at most " + MOST_REASON + " characters");
    }
    if ((word == Word.GRANTED) != until.isPresent()) {
      throw new IllegalArgumentException("What is granted, and nothing else, has an end");
    }
  }

  /** Reads a payload; unknown fields are ignored. */
  public static AccessSaid parse(JsonObject json) throws ProtocolViolation {
    try {
      return new AccessSaid(
          json.requireText("id"),
          json.requireText("deviceName", DeviceName::of),
          json.requireText("status", text -> Word.valueOf(text.toUpperCase(Locale.ROOT))),
          json.whole("until").map(Instant::ofEpochMilli),
          json.text("reason").orElse(""));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ProtocolViolation("access_answer: " + e.getMessage(), e);
    }
  }

  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("id", id)
            .put("deviceName", device.name())
            .put("status", word.name().toLowerCase(Locale.ROOT));
    until.ifPresent(end -> json.put("until", end.toEpochMilli()));
    return json.put("reason", reason).build();
  }
}
