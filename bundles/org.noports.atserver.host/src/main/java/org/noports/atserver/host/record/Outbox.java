package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.store.BatchResult;
import org.noports.api.store.QueueItem;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;

/** The notifications an atSign sends: the queue they wait in, and what became of each. */
public final class Outbox {
  private static final String STATUS = KeyNames.OWN + "out:";

  /** How long after its expiry a notification's fate can still be asked for. */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  private final AtSign self;
  private final Records records;
  private final Inbox inbox;

  /**
   * An atSign's.
   *
   * @param inbox where what it sends to itself is
   */
  public Outbox(AtSign self, Records records, Inbox inbox) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.inbox = requireNonNull(inbox, "inbox is null");
  }

  /** What has become of a notification, in the words of {@code notify:status}. */
  public enum Status {
    QUEUED,
    DELIVERED,
    ERRORED,
    EXPIRED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The changes that put a notification into the queue; to be applied in one batch.
   *
   * @param dueAt not to be claimed before
   */
  public List<StoreChange> enqueue(AtNotification notification, Instant dueAt) {
    return List.of(
        status(notification, Status.QUEUED),
        new StoreChange.Enqueue(
            notification.id(),
            notification.to().name(),
            notification.bytes(),
            dueAt,
            notification.expiresAt()));
  }

  /** The item as the queue will give it out, without a claim. */
  public QueueItem unclaimed(AtNotification notification) {
    return new QueueItem(
        notification.id(),
        notification.to().name(),
        notification.bytes(),
        1,
        notification.expiresAt(),
        "");
  }

  /** What the queue's item carries. */
  public AtNotification read(QueueItem item) {
    return AtNotification.parse(item.payload());
  }

  /** Writes down what has become of it. */
  public CompletionStage<BatchResult> record(AtNotification notification, Status status) {
    return records.apply(List.of(status(notification, status)));
  }

  /**
   * The word for what has become of the notification; empty if there is no such id. One to oneself
   * is delivered as soon as it is in the inbox, and nothing else is written down of it.
   */
  public CompletionStage<Optional<String>> statusOf(String id) {
    return records
        .store()
        .get(key(id))
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedFuture(
                        Optional.of(word(new String(found.get().value(), StandardCharsets.UTF_8))))
                    : inbox
                        .knows(self, id)
                        .thenApply(
                            mine ->
                                mine ? Optional.of(Status.DELIVERED.word()) : Optional.empty()));
  }

  /** The store drops what has expired in the queue without a word, so that is found out here. */
  private String word(String stored) {
    int space = stored.indexOf(' ');
    String word = stored.substring(0, space);
    boolean over = records.now().toEpochMilli() >= Long.parseLong(stored.substring(space + 1));
    return word.equals(Status.QUEUED.word()) && over ? Status.EXPIRED.word() : word;
  }

  private static StoreChange status(AtNotification notification, Status status) {
    return new StoreChange.Put(
        key(notification.id()),
        (status.word() + " " + notification.expiresAt().toEpochMilli())
            .getBytes(StandardCharsets.UTF_8),
        new byte[0],
        Optional.empty(),
        Optional.of(notification.expiresAt().plus(REMEMBERED)),
        false,
        Precondition.ANY);
  }

  private static String key(String id) {
    return STATUS + id.toLowerCase(Locale.ROOT);
  }
}
