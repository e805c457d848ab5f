package org.noports.atserver.host.verb;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.noports.atserver.host.record.AtNotification;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.Timestamp;

/**
 * The answer of {@code notify:fetch}: every value is a string, words of the reference's enums with
 * their type in front (atprotocol.md 3.14).
 */
final class FetchedNotification {
  private FetchedNotification() {}

  static JsonObject of(AtNotification notification) {
    return JsonObject.builder()
        .put("id", notification.id())
        .put("fromAtSign", notification.from().name())
        .put("notificationDateTime", Timestamp.format(notification.at()))
        .put("toAtSign", notification.to().name())
        .put("notification", notification.told().key())
        .put("type", "NotificationType.received")
        .put("opType", "OperationType." + notification.told().operation())
        .put("messageType", "MessageType." + notification.told().messageType().wire())
        .put("priority", "NotificationPriority.low")
        .put("notificationStatus", "NotificationStatus.delivered")
        .put("retryCount", "1")
        .put("strategy", "all")
        .put("depth", "1")
        .put("notifier", notification.notifier())
        .put("expiresAt", Timestamp.format(notification.expiresAt()))
        .put("atValue", notification.told().value().orElse("null"))
        .put("atMetadata", metadata(notification.metadata()))
        .put("ttl", Long.toString(life(notification)))
        .build();
  }

  private static long life(AtNotification notification) {
    Instant begin = notification.at();
    return Math.max(0, notification.expiresAt().toEpochMilli() - begin.toEpochMilli());
  }

  /** As Dart prints a map: that is what the reference's clients were given. */
  private static String metadata(Metadata metadata) {
    StringBuilder map = new StringBuilder("{");
    for (Map.Entry<String, JsonValue> field : metadata.toJson().fields().entrySet()) {
      JsonValue value = field.getValue();
      map.append(map.length() > 1 ? ", " : "")
          .append(field.getKey())
          .append(": ")
          .append(value instanceof JsonValue.Text text ? text.value() : value.toJson());
    }
    return map.append("}").toString();
  }

  /** One that was sent, of which its fate alone is kept, or that nobody knows. */
  static JsonObject withoutBody(String id, Optional<String> fate) {
    JsonObject.Builder json = JsonObject.builder().put("id", id);
    fate.ifPresent(word -> json.put("type", "NotificationType.sent"));
    return json.put("notificationStatus", "NotificationStatus." + fate.orElse("expired")).build();
  }
}
