package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;

/**
 * The notifications an atSign has received: kept until they expire, each once, in order of arrival.
 */
public final class Inbox {
  private static final String BY_TIME = KeyNames.OWN + "in:";
  private static final String BY_ID = KeyNames.OWN + "id:";

  private final Records records;

  /** Orders what arrives within one millisecond. */
  private final AtomicLong arrivals = new AtomicLong();

  public Inbox(Records records) {
    this.records = requireNonNull(records, "records is null");
  }

  /**
   * Stores a notification together with what it brings along.
   *
   * @return false if one with its id from its sender was there already; then nothing is stored
   */
  public CompletionStage<Boolean> add(AtNotification notification, List<StoreChange> along) {
    byte[] bytes = notification.bytes();
    String order = String.format(":%06d:", arrivals.getAndIncrement() % 1_000_000);
    String byTime = byTime(notification.told().epochMillis()) + order + notification.id();
    List<StoreChange> batch = new ArrayList<>();
    batch.add(put(BY_ID + notification.from() + ":" + notification.id(), notification, byTime));
    batch.add(put(byTime, notification, bytes));
    batch.addAll(along);
    return records.apply(batch).thenApply(BatchResult.Applied.class::isInstance);
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

  private static String byTime(long epochMillis) {
    return BY_TIME + String.format("%015d", Math.max(epochMillis, 0));
  }

  private static StoreChange put(String key, AtNotification notification, String value) {
    return put(key, notification, value.getBytes(StandardCharsets.UTF_8));
  }

  private static StoreChange put(String key, AtNotification notification, byte[] value) {
    return new StoreChange.Put(
        key.toLowerCase(Locale.ROOT),
        value,
        new byte[0],
        Optional.empty(),
        Optional.of(notification.expiresAt()),
        false,
        Precondition.ABSENT);
  }
}
