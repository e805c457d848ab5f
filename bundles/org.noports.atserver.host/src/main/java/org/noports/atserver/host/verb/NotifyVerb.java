package org.noports.atserver.host.verb;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.noports.atserver.host.record.NotificationIds;
import org.noports.atserver.host.record.Records;
import org.noports.atserver.host.tenant.Monitors;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;
import org.noports.protocol.verb.NotifyAll;
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
      Tenant tenant = dialogue.tenant();
      return send(notification(notify, tenant.self(), tenant), notify.id().isEmpty(), tenant);
    }
    throw new Refusal(ErrorCode.UNAUTHENTICATED, "Command cannot be executed without auth");
  }

  /**
   * Stores it for its receiver.
   *
   * @param idIsOurs whether it came without an id
   */
  private static CompletionStage<Response> send(
      AtNotification notification, boolean idIsOurs, Tenant tenant) {
    CompletionStage<?> done =
        notification.to().equals(tenant.self())
            ? toOneself(notification, idIsOurs, tenant.monitors())
            : tenant.send(notification);
    return done.thenApply(kept -> new Response.Data(notification.id()));
  }

  private static CompletionStage<?> toOneself(
      AtNotification notification, boolean idIsOurs, Monitors monitors) {
    return idIsOurs ? monitors.receiveNew(notification) : monitors.receive(notification, List.of());
  }

  /** {@code notify:all}: the same to many; the answer has each one's id, behind a space. */
  static CompletionStage<Response> all(NotifyAll all, Dialogue dialogue) {
    Map<AtSign, AtNotification> each = new LinkedHashMap<>();
    Tenant tenant = dialogue.tenant();
    all.to().forEach(to -> each.put(to, notification(all.toOne(to), tenant.self(), tenant)));
    JsonObject.Builder ids = JsonObject.builder();
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    for (Map.Entry<AtSign, AtNotification> one : each.entrySet()) {
      ids.put(one.getKey().name(), one.getValue().id());
      done = done.thenCompose(before -> send(one.getValue(), false, tenant));
    }
    return done.thenApply(sent -> new Response.Data(" " + ids.build().toJson()));
  }

  private static CompletionStage<Response> receive(Notify notify, AtSign from, Tenant tenant) {
    AtNotification notification = notification(notify, from, tenant);
    if (!notification.to().equals(tenant.self())) {
      throw new Refusal(
          ErrorCode.UNAUTHORIZED, notification.to() + " is not the atSign of this atServer");
    }
    return cached(notification, tenant)
        .thenCompose(along -> tenant.monitors().receive(notification, along))
        .thenCompose(fresh -> resaid(notification, tenant))
        .thenApply(done -> new Response.Data("success"));
  }

  private static AtNotification notification(Notify notify, AtSign from, Tenant tenant) {
    AtSign to =
        notify
            .to()
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.INVALID_SYNTAX, "Invalid syntax. notify names no receiver"));
    if (!notify.owner().orElse(from).equals(from)) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Only keys of " + from + " can be notified");
    }
    Instant now = tenant.records().now();
    String id = notify.id().orElseGet(() -> NotificationIds.next(now));
    if (!ID.matcher(id).matches()) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. Wrong notification id");
    }
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
        told,
        notify.delivery().notifier().orElse("SYSTEM"),
        now.plus(patience(notify, tenant)),
        latest(notify.delivery()));
  }

  private static Optional<Long> latest(Notify.Delivery delivery) {
    return delivery
        .strategy()
        .filter("latest"::equals)
        .map(strategy -> Math.max(1, delivery.latestN().orElse(1L)));
  }

  private static String key(Notify notify, AtSign from, AtSign to) {
    if (notify.messageType() == Notify.MessageType.TEXT) {
      return to + ":" + notify.subject();
    }
    return subject(notify, from).toString();
  }

  /** The key that is told of; a text is one without a namespace. */
  static AtKey subject(Notify notify, AtSign from) {
    if (notify.messageType() == Notify.MessageType.TEXT) {
      return AtKey.self("text", from);
    }
    try {
      return notify.key(from);
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
    return CompletableFuture.completedFuture(
        cacheable(notification) && told.value().isPresent()
            ? List.of(
                records.fresh(
                    copy, told.value().get(), saidOfCopy(notification), notification.from()))
            : List.of());
  }

  private static boolean cacheable(AtNotification notification) {
    return notification.metadata().whole(MetadataField.TTR).orElse(0L) != 0;
  }

  private static MetadataChange saidOfCopy(AtNotification notification) {
    return MetadataChange.of(notification.metadata())
        .with(MetadataField.IS_ENCRYPTED, notification.told().isEncrypted());
  }

  /** Without a value it is our copy's metadata that has changed, if we have one. */
  private static CompletionStage<?> resaid(AtNotification notification, Tenant tenant) {
    Records records = tenant.records();
    NotificationJson told = notification.told();
    boolean meta =
        told.messageType() == Notify.MessageType.KEY
            && told.operation().equals(Notify.Operation.UPDATE.wire())
            && told.value().isEmpty();
    if (!meta || !cacheable(notification)) {
      return CompletableFuture.completedFuture(null);
    }
    return records
        .get("cached:" + told.key())
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : records.apply(
                        List.of(
                            records.said(
                                found.get(), saidOfCopy(notification), notification.from()))));
  }

  private static boolean cascades(AtRecord copy) {
    return copy.metadata().flag(MetadataField.CCD);
  }
}
