package org.noports.atserver.host.verb;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Records;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;
import org.noports.protocol.verb.Response;

/**
 * {@code notify}: our owner tells another atSign something, or another atSign's atServer tells us
 * (atprotocol.md 3.14, 4.3).
 */
final class NotifyVerb implements VerbHandler<Notify> {
  static final Pattern ID = Pattern.compile("[\\w-]{1,128}");

  /** Longer waits are cut: an undelivered notification holds its place in the store. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);

  @Override
  public CompletionStage<Response> handle(Notify notify, Dialogue dialogue) {
    Standing standing = dialogue.standing();
    if (standing instanceof Standing.Visitor visitor) {
      return receive(notify, visitor.atSign(), dialogue.tenant());
    }
    if (standing instanceof Standing.Owner) {
      return send(notify, dialogue.tenant());
    }
    throw new Refusal(ErrorCode.UNAUTHENTICATED, "Command cannot be executed without auth");
  }

  private static CompletionStage<Response> send(Notify notify, Tenant tenant) {
    AtNotification notification = notification(notify, tenant.self(), tenant);
    CompletionStage<?> done =
        notification.to().equals(tenant.self())
            ? tenant.monitors().receive(notification, tenant.outbox().delivered(notification))
            : tenant.send(notification);
    return done.thenApply(kept -> new Response.Data(notification.id()));
  }

  private static CompletionStage<Response> receive(Notify notify, AtSign from, Tenant tenant) {
    AtNotification notification = notification(notify, from, tenant);
    if (!notification.to().equals(tenant.self())) {
      throw new Refusal(
          ErrorCode.UNAUTHORIZED, notification.to() + " is not the atSign of this atServer");
    }
    return cached(notification, tenant)
        .thenCompose(along -> tenant.monitors().receive(notification, along))
        .thenApply(fresh -> new Response.Data("success"));
  }

  private static AtNotification notification(Notify notify, AtSign from, Tenant tenant) {
    AtSign to =
        notify
            .to()
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.INVALID_SYNTAX, "notify without a receiver: not supported yet"));
    if (!notify.owner().orElse(from).equals(from)) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Only keys of " + from + " can be notified");
    }
    String id = notify.id().orElseGet(() -> UUID.randomUUID().toString());
    if (!ID.matcher(id).matches()) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. Wrong notification id");
    }
    Instant now = tenant.records().now();
    NotificationJson told =
        new NotificationJson(
            id,
            from,
            to,
            key(notify, from, to),
            notify.value(),
            notify.operation().wire(),
            now.toEpochMilli(),
            notify.messageType(),
            notify.isEncrypted(),
            Optional.of(notify.metadata().applyTo(Metadata.EMPTY)));
    return new AtNotification(
        told, notify.delivery().notifier().orElse("SYSTEM"), now.plus(patience(notify, tenant)));
  }

  private static String key(Notify notify, AtSign from, AtSign to) {
    if (notify.messageType() == Notify.MessageType.TEXT) {
      return to + ":" + notify.subject();
    }
    try {
      return notify.key(from).toString();
    } catch (ProtocolViolation e) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. Not a key");
    }
  }

  private static Duration patience(Notify notify, Tenant tenant) {
    return notify
        .delivery()
        .ttln()
        .filter(millis -> millis > 0)
        .map(millis -> Duration.ofMillis(Math.min(millis, LONGEST_WAIT.toMillis())))
        .orElseGet(() -> tenant.limits().notificationExpiry());
  }

  /** What a received notification does to our copy of the value it tells of. */
  private static CompletionStage<List<StoreChange>> cached(
      AtNotification notification, Tenant tenant) {
    NotificationJson told = notification.told();
    Records records = tenant.records();
    String copy = "cached:" + told.key();
    if (told.messageType() == Notify.MessageType.TEXT) {
      return CompletableFuture.completedFuture(List.of());
    }
    if (told.operation().equals(Notify.Operation.DELETE.wire())) {
      StoreChange.Delete delete =
          new StoreChange.Delete(copy, KeyNames.logged(copy), Precondition.ANY);
      return records
          .get(copy)
          .thenApply(
              found ->
                  found.filter(NotifyVerb::cascades).isPresent() ? List.of(delete) : List.of());
    }
    boolean cacheable = notification.metadata().whole(MetadataField.TTR).orElse(0L) != 0;
    return CompletableFuture.completedFuture(
        cacheable && told.value().isPresent()
            ? List.of(
                records.fresh(
                    copy,
                    told.value().get(),
                    MetadataChange.of(notification.metadata())
                        .with(MetadataField.IS_ENCRYPTED, told.isEncrypted()),
                    notification.from()))
            : List.of());
  }

  private static boolean cascades(AtRecord copy) {
    return copy.metadata().flag(MetadataField.CCD);
  }
}
