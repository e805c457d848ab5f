package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;
import org.noports.atserver.host.peer.PeerLinks;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.Outbox;
import org.noports.atserver.host.record.Records;
import org.noports.atserver.host.record.StoreAbsent;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.NotificationJson;
import org.noports.protocol.verb.Notify;
import org.noports.protocol.verb.Response;

/** Delivers notifications as notify commands to the receivers' atServers (atprotocol.md 4.3). */
final class PeerDelivery implements Delivery {
  /** Errors that say more of the other atServer's day than of our notification. */
  private static final Set<String> PASSING =
      Set.of("AT0001", "AT0002", "AT0010", "AT0011", "AT0024");

  /** Sent with a notification; everything else stays here. */
  private static final Set<MetadataField> SENT =
      Set.of(
          MetadataField.TTL,
          MetadataField.TTB,
          MetadataField.TTR,
          MetadataField.CCD,
          MetadataField.SHARED_KEY_ENC,
          MetadataField.PUB_KEY_CS,
          MetadataField.ENC_KEY_NAME,
          MetadataField.ENC_ALGO,
          MetadataField.IV_NONCE,
          MetadataField.SKE_ENC_KEY_NAME,
          MetadataField.SKE_ENC_ALGO,
          MetadataField.APP_METADATA);

  private final Records records;
  private final Outbox outbox;
  private final PeerLinks links;
  private final Happenings happenings;

  PeerDelivery(Records records, Outbox outbox, PeerLinks links, Happenings happenings) {
    this.records = requireNonNull(records, "records is null");
    this.outbox = requireNonNull(outbox, "outbox is null");
    this.links = requireNonNull(links, "links is null");
    this.happenings = requireNonNull(happenings, "happenings is null");
  }

  @Override
  public Instant now() {
    return records.now();
  }

  @Override
  public Optional<Latest> latest(QueueItem item) {
    AtNotification notification = outbox.read(item);
    return notification.latest().map(number -> new Latest(notification.notifier(), number));
  }

  @Override
  public CompletionStage<Outcome> deliver(QueueItem item) {
    AtNotification notification = outbox.read(item);
    Duration left = Duration.between(now(), item.expiresAt());
    if (left.toMillis() <= 0) {
      return CompletableFuture.completedFuture(Outcome.EXPIRED);
    }
    return links
        .call(notification.to(), PeerLinks.Purpose.NOTIFY, line(notification, left))
        .handle(
            (answer, failure) ->
                failure == null
                    ? outcome(notification, answer)
                    : unreached(notification, item, cause(failure)));
  }

  private Outcome outcome(AtNotification notification, Response answer) {
    if (answer instanceof Response.Data data && data.text().equals("success")) {
      return Outcome.DELIVERED;
    }
    if (answer instanceof Response.Failure failure && PASSING.contains(failure.code())) {
      happenings.unreached(notification, 1, failure.code() + " " + failure.message());
      return Outcome.UNREACHED;
    }
    happenings.givenUp(notification, "its atServer answered " + answer);
    return Outcome.REFUSED;
  }

  private Outcome unreached(AtNotification notification, QueueItem item, Throwable why) {
    happenings.unreached(notification, item.attempts(), why.getMessage());
    return Outcome.UNREACHED;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String line(AtNotification notification, Duration left) {
    NotificationJson told = notification.told();
    boolean text = told.messageType() == Notify.MessageType.TEXT;
    Notify.Delivery delivery =
        new Notify.Delivery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(notification.notifier()),
            Optional.of(left.toMillis()));
    return new Notify(
            Optional.of(notification.id()),
            Notify.Operation.valueOf(told.operation().toUpperCase(Locale.ROOT)),
            told.messageType(),
            delivery,
            sent(notification),
            Optional.of(notification.to()),
            subject(notification, text),
            text ? Optional.empty() : Optional.of(notification.from()),
            told.value())
        .toLine();
  }

  /** The key between its reader and its owner; public keys name no reader. */
  private static String subject(AtNotification notification, boolean text) {
    String reader = notification.to() + ":";
    String key = notification.told().key();
    String front = key.startsWith(reader) ? key.substring(reader.length()) : key;
    AtSign owner = notification.from();
    return text || !front.endsWith(owner.name())
        ? front
        : front.substring(0, front.length() - owner.name().length());
  }

  private static MetadataChange sent(AtNotification notification) {
    Metadata sent = Metadata.EMPTY;
    for (MetadataField field : SENT) {
      Optional<String> text = notification.metadata().text(field);
      sent = text.isPresent() ? sent.with(field, text.get()) : sent;
    }
    return MetadataChange.of(sent)
        .with(MetadataField.IS_ENCRYPTED, notification.told().isEncrypted());
  }

  @Override
  public void record(QueueItem item, Outcome last) {
    AtNotification notification = outbox.read(item);
    Outbox.Status status =
        switch (last) {
          case DELIVERED -> Outbox.Status.DELIVERED;
          case EXPIRED -> Outbox.Status.EXPIRED;
          case REFUSED, UNREACHED -> Outbox.Status.ERRORED;
        };
    reporting(notification, () -> outbox.record(notification, status));
  }

  @Override
  public void settle(QueueItem item, QueueOutcome outcome) {
    // If it fails the claim runs out by itself, and the receiver drops what it hears twice.
    reporting(outbox.read(item), () -> records.store().settle(item, outcome));
  }

  private void reporting(AtNotification notification, Supplier<CompletionStage<?>> task) {
    String what = "settling " + notification.id();
    try {
      task.get()
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  happenings.failed(notification.from(), what, cause(failure));
                }
              });
    } catch (StoreAbsent e) {
      happenings.failed(notification.from(), what, e);
    }
  }
}
