package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonText;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.NotificationJson;

/**
 * One notification between two atSigns, at either end.
 *
 * @param told what a monitor hears, with all metadata that came along
 * @param notifier which program sent it
 * @param expiresAt after which it is no longer delivered or shown
 * @param latest how many of the notifier's are worth delivering, if only the latest are
 */
public record AtNotification(
    NotificationJson told, String notifier, Instant expiresAt, Optional<Long> latest) {
  private static final String LATEST = "latestN";

  /** One that is worth delivering whatever comes after it. */
  public AtNotification(NotificationJson told, String notifier, Instant expiresAt) {
    this(told, notifier, expiresAt, Optional.empty());
  }

  public AtNotification {
    requireNonNull(latest, "latest is null");
    requireNonNull(told, "told is null");
    requireNonNull(notifier, "notifier is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  public String id() {
    return told.id();
  }

  public AtSign from() {
    return told.from();
  }

  public AtSign to() {
    return told.to();
  }

  /** When the atServer that holds this took it. */
  public Instant at() {
    return Instant.ofEpochMilli(told.epochMillis());
  }

  public Metadata metadata() {
    return told.metadata().orElse(Metadata.EMPTY);
  }

  /** The form the store keeps. */
  byte[] bytes() {
    return bytes(told.head());
  }

  /** The same; {@code head} is what {@link NotificationJson#head} gave. */
  byte[] bytes(String head) {
    JsonText text =
        JsonText.goOn(head)
            .put("metadata", metadata().toJson())
            .put("notifier", notifier)
            .put("undeliveredUntil", expiresAt.toEpochMilli());
    latest.ifPresent(number -> text.put(LATEST, number));
    return text.end().getBytes(StandardCharsets.UTF_8);
  }

  static AtNotification parse(byte[] stored) {
    return parse(new String(stored, StandardCharsets.UTF_8));
  }

  static AtNotification parse(String text) {
    try {
      JsonObject json = JsonObject.parse("stored notification", text);
      return new AtNotification(
          NotificationJson.parse(text),
          json.requireText("notifier"),
          Instant.ofEpochMilli(json.requireWhole("undeliveredUntil")),
          json.whole(LATEST));
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("The store returned a notification we did not write", e);
    }
  }

  @Override
  public String toString() {
    return "AtNotification[" + id() + " " + told.key() + "]";
  }
}
