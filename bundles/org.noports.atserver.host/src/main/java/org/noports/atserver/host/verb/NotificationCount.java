package org.noports.atserver.host.verb;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.Notify;

/** Counts an atSign's notifications for {@code stats:11}: those received and those that wait. */
final class NotificationCount {
  private NotificationCount() {}

  static CompletionStage<JsonValue> of(Tenant tenant) {
    return tenant
        .monitors()
        .received()
        .thenCombine(
            tenant.records().store().queued(),
            (received, queued) -> counted(received, queued, tenant.records().now().toEpochMilli()));
  }

  private static JsonValue counted(List<AtNotification> received, long queued, long now) {
    long deletes =
        received.stream()
            .filter(n -> n.told().operation().equals(Notify.Operation.DELETE.wire()))
            .count();
    long texts =
        received.stream().filter(n -> n.told().messageType() == Notify.MessageType.TEXT).count();
    return JsonObject.builder()
        .put("total", received.size() + queued)
        .put("type", pair("sent", queued, "received", received.size()))
        .put(
            "status",
            pair("delivered", received.size(), "failed", 0).toBuilder()
                .put("queued", queued)
                .build())
        .put("operations", pair("update", received.size() - deletes, "delete", deletes))
        .put("messageType", pair("key", received.size() - texts, "text", texts))
        .put("createdOn", now)
        .build();
  }

  private static JsonObject pair(String first, long one, String second, long two) {
    return JsonObject.builder().put(first, one).put(second, two).build();
  }
}
