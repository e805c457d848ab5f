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
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.api.store.StoreEntry;

/**
 * The notifications an atSign has received: kept until they expire, each once, in order of arrival.
 */
public final class Inbox {
  private static final String BY_ID = KeyNames.OWN + "id:";

  private final Records records;
  private final GivenIds given;
  private final Gathering gathering;

  /** Orders what arrives within one millisecond. */
  private final AtomicLong arrivals = new AtomicLong();

  public Inbox(Records records) {
    this.records = requireNonNull(records, "records is null");
    this.given = new GivenIds(records);
    this.gathering = new Gathering(given);
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
    Arrival arrival = new Arrival(arrivals.getAndIncrement(), notification);
    boolean own = notification.from().equals(notification.to());
    if (!own || NotificationIds.millis(notification.id()).isEmpty()) {
      return add(arrival, along, early);
    }
    return given
        .has(notification.id())
        .thenCompose(
            known -> known ? CompletableFuture.completedFuture(false) : add(arrival, along, early));
  }

  private CompletionStage<Boolean> add(
      Arrival arrival, List<StoreChange> along, Consumer<Boolean> early) {
    AtNotification notification = arrival.notification();
    Instant known = notification.expiresAt().plus(Outbox.REMEMBERED);
    List<StoreChange> batch = new ArrayList<>();
    batch.add(
        InboxRow.put(
            idKey(notification.from(), notification.id()),
            InboxRow.place(arrival).getBytes(StandardCharsets.UTF_8),
            notification.from().equals(notification.to()) ? known : notification.expiresAt(),
            Precondition.ABSENT));
    batch.add(InboxRow.of(arrival, notification.bytes()));
    batch.addAll(along);
    CompletionStage<BatchResult> kept =
        along.isEmpty()
            ? records.apply(batch, result -> early.accept(isNew(result)))
            : records.apply(batch);
    return kept.thenApply(Inbox::isNew);
  }

  /**
   * Stores one to oneself whose id is of {@link NotificationIds}, and so no repeat: nothing but a
   * failing store can refuse it, so {@code early} is told at once while none fails.
   */
  public CompletionStage<Boolean> addNew(
      AtNotification notification, Heard heard, Consumer<Boolean> early) {
    Arrival arrival = new Arrival(arrivals.getAndIncrement(), notification);
    byte[] json = notification.bytes(heard.head());
    AtSignStore store = records.store();
    if (!store.isSound() || !records.admits(json.length)) {
      List<String> id = List.of(notification.id());
      return records
          .apply(
              List.of(
                  InboxRow.of(arrival, json), given.given(arrival, id, notification.expiresAt())),
              result -> early.accept(isNew(result)))
          .thenApply(Inbox::isNew);
    }
    CompletionStage<Boolean> kept = gathering.add(store, arrival, json);
    if (!kept.toCompletableFuture().isCompletedExceptionally()) {
      early.accept(true);
    }
    return kept;
  }

  private static boolean isNew(BatchResult result) {
    return result instanceof BatchResult.Applied;
  }

  /** What has arrived after {@code epochMillis} and has not expired, oldest first. */
  public CompletionStage<List<AtNotification>> after(long epochMillis) {
    List<Arrival> found = new ArrayList<>();
    AtSignStore store = records.store();
    return TimeRange.after(InboxRow.PREFIX, epochMillis)
        .each(store, row -> found.addAll(InboxRow.read(row, store.now())))
        .thenApply(
            done ->
                found.stream()
                    .sorted()
                    .map(Arrival::notification)
                    .filter(notification -> notification.told().epochMillis() > epochMillis)
                    .toList());
  }

  /** What has arrived with this id, whoever sent it; the latest if there are several. */
  public CompletionStage<Optional<AtNotification>> find(String id) {
    AtomicReference<Optional<AtNotification>> found = new AtomicReference<>(Optional.empty());
    AtSignStore store = records.store();
    return rowsOf(
            id,
            row -> {
              if (InboxRow.has(row, id)) {
                InboxRow.read(row, store.now()).stream()
                    .map(Arrival::notification)
                    .filter(notification -> notification.id().equalsIgnoreCase(id))
                    .forEach(notification -> found.set(Optional.of(notification)));
              }
            })
        .thenApply(done -> found.get());
  }

  /** Only ids of ours say where they lie. */
  private CompletionStage<Void> rowsOf(String id, Consumer<StoreEntry> visitor) {
    AtSignStore store = records.store();
    return given
        .has(id)
        .thenCompose(
            ours ->
                (ours
                        ? TimeRange.around(
                            InboxRow.PREFIX, NotificationIds.millis(id).orElseThrow())
                        : TimeRange.all(InboxRow.PREFIX))
                    .each(store, visitor));
  }

  /**
   * Takes out what has arrived with this id, so that nobody is told of it again. The id itself
   * stays known until it expires: a repeat from its sender is still one.
   */
  public CompletionStage<Void> remove(String id) {
    List<String> rows = new ArrayList<>();
    return rowsOf(
            id,
            row -> {
              if (InboxRow.has(row, id)) {
                rows.add(row.key());
              }
            })
        .thenCompose(
            done -> {
              CompletionStage<?> all = CompletableFuture.completedFuture(null);
              for (String row : rows) {
                all =
                    all.thenCompose(before -> records.rewrite(row, it -> InboxRow.without(it, id)));
              }
              return all.thenApply(gone -> null);
            });
  }

  /** Whether something has come from {@code sender} under this id, and may be asked for. */
  CompletionStage<Boolean> knows(AtSign sender, String id) {
    return records
        .store()
        .get(idKey(sender, id))
        .thenCompose(
            found -> found.isPresent() ? CompletableFuture.completedFuture(true) : given.has(id));
  }

  private static String idKey(AtSign sender, String id) {
    return (BY_ID + sender + ":" + id).toLowerCase(Locale.ROOT);
  }
}
