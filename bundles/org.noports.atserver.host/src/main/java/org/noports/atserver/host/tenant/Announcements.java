package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.AtRecord;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.key.KeyKind;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;

/**
 * What the reader of a shared value is told when it changes: put into the queue by the same batch
 * as the change (atprotocol.md 3.9, {@code autoNotify}).
 */
public final class Announcements {
  private final Tenant tenant;

  public Announcements(Tenant tenant) {
    this.tenant = requireNonNull(tenant, "tenant is null");
  }

  /** For a value that is stored; nothing unless it is shared. */
  public Outgoing ofUpdate(AtRecord record) {
    return ofUpdate(record, Optional.of(record.value()));
  }

  /** For a value of which something else is said now; its reader knows the value already. */
  public Outgoing ofMetadata(AtRecord record) {
    return ofUpdate(record, Optional.empty());
  }

  private Outgoing ofUpdate(AtRecord record, Optional<String> value) {
    try {
      AtKey key = AtKey.parse(record.key());
      return key.kind() == KeyKind.SHARED
          ? told(key, Notify.Operation.UPDATE, value, record.metadata())
          : Outgoing.NOTHING;
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("A key was stored that is none: " + record.key(), e);
    }
  }

  /** For a shared value that is deleted. */
  public Outgoing ofDeletion(AtKey key) {
    return told(key, Notify.Operation.DELETE, Optional.empty(), Metadata.EMPTY);
  }

  private Outgoing told(
      AtKey key, Notify.Operation operation, Optional<String> value, Metadata metadata) {
    if (!tenant.limits().autoNotify()) {
      return Outgoing.NOTHING;
    }
    Instant now = tenant.records().now();
    NotificationJson told =
        new NotificationJson(
            UUID.randomUUID().toString(),
            tenant.self(),
            key.sharedWith().orElseThrow(),
            key.toString(),
            value,
            operation.wire(),
            now.toEpochMilli(),
            Notify.MessageType.KEY,
            metadata.flag(MetadataField.IS_ENCRYPTED),
            Optional.of(metadata));
    return tenant.outgoing(
        new AtNotification(told, "SYSTEM", now.plus(tenant.limits().notificationExpiry())));
  }
}
