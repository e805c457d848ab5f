package org.noports.atserver.host.enrollment;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;

/**
 * What those who can approve an enrollment are told of it: a notification of the atSign to itself,
 * for monitors that ask for such.
 */
public final class ApprovalRequests {
  /** A request is worth a day of waiting for somebody who listens; then it is found by a list. */
  private static final Duration LIFE = Duration.ofHours(24);

  private ApprovalRequests() {}

  static AtNotification of(Enrollment asked, Tenant tenant) {
    Instant now = tenant.records().now();
    JsonObject shown = asked.shown();
    JsonValue symmetricKey = shown.get("encryptedAPKAMSymmetricKey").orElseThrow();
    String value =
        JsonObject.builder()
            .put("encryptedApkamSymmetricKey", symmetricKey)
            .put("encryptedAPKAMSymmetricKey", symmetricKey)
            .put("appName", asked.appName())
            .put("deviceName", asked.deviceName())
            .put("namespace", shown.get("namespace").orElseThrow())
            .build()
            .toJson();
    NotificationJson told =
        new NotificationJson(
            UUID.randomUUID().toString(),
            tenant.self(),
            tenant.self(),
            new EnrollmentNames(tenant.self()).record(asked.id()),
            Optional.of(value),
            Notify.Operation.UPDATE.wire(),
            now.toEpochMilli(),
            Notify.MessageType.KEY,
            false,
            Optional.of(Metadata.EMPTY));
    return new AtNotification(told, "SYSTEM", now.plus(LIFE));
  }

  /** Whether a notification is such a request. */
  public static boolean is(NotificationJson notification) {
    return notification.from().equals(notification.to())
        && notification.key().endsWith(".new.enrollments." + Access.MANAGE + notification.to());
  }
}
