package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.noports.api.AtSign;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;

/**
 * The notifications an atSign has received: kept until they expire, each once, in order of arrival.
 */
public final class Inbox {
  private static final String BY_TIME = KeyNames.OWN + "in:";
  private static final String BY_ID = KeyNames.OWN + "id:";

  private static final int TIME_DIGITS = 15;
  private static final int ORDER_DIGITS = 6;
  private static final long ORDERS = 1_000_000;

  private final Records records;

  /** Orders what arrives within one millisecond. */
  private final AtomicLong arrivals = new AtomicLong();

  public Inbox(Records records) {
    this.records = requireNonNull(records, "records is null");
  }

  /**
   * Stores a notification together with what it brings along.
   *
   * @param early told what the stage will say before the disk has it, if that can be known and the
   *     notification brings nothing along: who hears of it then may look at once
   * @return false if one with its id from its sender was there already; then nothing is stored
   */
  public CompletionStage<Boolean> add(
      AtNotification notification, List<StoreChange> along, Consumer<Boolean> early) {
    return add(notification, along, Precondition.ABSENT, early);
  }

  /** Stores one whose id is of {@link NotificationIds}, and so no repeat. */
  public CompletionStage<Boolean> addNew(AtNotification notification, Consumer<Boolean> early) {
    return add(notification, List.of(), Precondition.FRESH, early);
  }

  private CompletionStage<Boolean> add(
      AtNotification notification,
      List<StoreChange> along,
      Precondition id,
      Consumer<Boolean> early) {
    byte[] bytes = notification.bytes();
    String order = ":" + padded(arrivals.getAndIncrement() % ORDERS, ORDER_DIGITS) + ":";
    String byTime = byTime(notification.told().epochMillis()) + order + notification.id();
    Instant known = notification.expiresAt().plus(Outbox.REMEMBERED);
    List<StoreChange> batch = new ArrayList<>();
    batch.add(
        put(
            idKey(notification.from(), notification.id()),
            byTime.getBytes(StandardCharsets.UTF_8),
            notification.from().equals(notification.to()) ? known : notification.expiresAt(),
            id));
    batch.add(put(byTime, bytes, notification.expiresAt(), Precondition.FRESH));
    batch.addAll(along);
    CompletionStage<BatchResult> kept =
        along.isEmpty()
            ? records.apply(batch, result -> early.accept(isNew(result)))
            : records.apply(batch);
    return kept.thenApply(Inbox::isNew);
  }

  private static boolean isNew(BatchResult result) {
    return result instanceof BatchResult.Applied;
  }

  /** What has arrived after {@code epochMillis} and has not expired, oldest first. */
  public CompletionStage<List<AtNotification>> after(long epochMillis) {
    List<AtNotification> found = new ArrayList<>();
    String from = byTime(epochMillis) + ":\uffff";
    return records
        .each(BY_TIME, Optional.of(from), entry -> found.add(AtNotification.parse(entry.value())))
        .thenApply(done -> found);
  }

  /** What has arrived with this id, whoever sent it; the latest if there are several. */
  public CompletionStage<Optional<AtNotification>> find(String id) {
    String end = ":" + id.toLowerCase(Locale.ROOT);
    AtomicReference<Optional<AtNotification>> found = new AtomicReference<>(Optional.empty());
    return records
        .each(
            BY_TIME,
            entry -> {
              if (entry.key().endsWith(end)) {
                found.set(Optional.of(AtNotification.parse(entry.value())));
              }
            })
        .thenApply(done -> found.get());
  }

  /**
   * Takes out what has arrived with this id, so that nobody is told of it again. The id itself
   * stays known until it expires: a repeat from its sender is still one.
   */
  public CompletionStage<Void> remove(String id) {
    String end = ":" + id.toLowerCase(Locale.ROOT);
    List<StoreChange> batch = new ArrayList<>();
    return records
        .each(
            BY_TIME,
            entry -> {
              if (entry.key().endsWith(end)) {
                batch.add(new StoreChange.Delete(entry.key(), false, Precondition.ANY));
              }
            })
        .thenCompose(
            done ->
                batch.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : records.apply(batch).thenApply(gone -> null));
  }

  /** What tells that something has come from {@code sender} under this id. */
  static String idKey(AtSign sender, String id) {
    return (BY_ID + sender + ":" + id).toLowerCase(Locale.ROOT);
  }

  private static String byTime(long epochMillis) {
    return BY_TIME + padded(Math.max(epochMillis, 0), TIME_DIGITS);
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  private static StoreChange put(
      String key, byte[] value, Instant expiresAt, Precondition precondition) {
    return new StoreChange.Put(
        key.toLowerCase(Locale.ROOT),
        value,
        new byte[0],
        Optional.empty(),
        Optional.of(expiresAt),
        false,
        precondition);
  }
}
