package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.api.store.StoreEntry;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * One atSign's values by key, over whatever store is present now. Thread-safe; stages complete on
 * the store's threads and fail with {@link StoreFailed}.
 */
public final class Records {
  private static final int PAGE = 500;
  private static final int ATTEMPTS = 8;

  private final Turns turns = new Turns();
  private final Supplier<Optional<AtSignStore>> stores;
  private final LongConsumer committed;
  private final Usage usage;

  public Records(Supplier<Optional<AtSignStore>> stores) {
    this(stores, commit -> {}, () -> Bounds.NONE);
  }

  /**
   * Values that somebody follows.
   *
   * @param committed told of each commit made here, by its id
   * @param bounds those in force now
   */
  public Records(
      Supplier<Optional<AtSignStore>> stores, LongConsumer committed, Supplier<Bounds> bounds) {
    this.usage = new Usage(bounds);
    this.stores = requireNonNull(stores, "stores is null");
    this.committed = requireNonNull(committed, "committed is null");
  }

  /** The store as it is now. */
  public AtSignStore store() {
    return stores.get().orElseThrow(StoreAbsent::new);
  }

  /** Whether there is a store just now. */
  public boolean storeIsHere() {
    return stores.get().isPresent();
  }

  public Instant now() {
    return stores.get().map(AtSignStore::now).orElseGet(Instant::now);
  }

  public CompletionStage<Optional<AtRecord>> get(String key) {
    return store().get(key).thenApply(found -> found.map(AtRecord::of));
  }

  /**
   * What is stored under a key, and whether it can be seen now: what has expired or is not born yet
   * is there, and has no value to show (atprotocol.md 3.10).
   */
  public CompletionStage<Optional<Stored>> find(String key) {
    return store()
        .stored(key)
        .thenApply(
            found -> found.map(entry -> new Stored(AtRecord.of(entry), entry.visibleAt(now()))));
  }

  /**
   * A record, be its time now or not.
   *
   * @param visible whether it is to be shown
   */
  public record Stored(AtRecord record, boolean visible) {
    /** Whether its time is over; then a new value begins anew. */
    boolean over(Instant now) {
      return record
          .metadata()
          .time(MetadataField.EXPIRES_AT)
          .map(at -> !now.isBefore(at))
          .orElse(false);
    }
  }

  /**
   * Stores what {@code next} makes of the value there is, together with what {@code along} adds to
   * the batch. Whoever changes the same key waits for its turn; repeats when somebody else was
   * faster all the same.
   *
   * @param op how other devices are told of it
   * @param bytes about how long the new value is
   * @param next may be called more than once, on any thread
   * @return the commit id, -1 if the key takes none
   */
  public CompletionStage<Long> change(
      String key,
      CommitOp op,
      long bytes,
      Function<Optional<AtRecord>, AtRecord> next,
      Function<AtRecord, List<StoreChange>> along) {
    return turns.take(key, () -> change(key, op, bytes, next, along, ATTEMPTS));
  }

  private CompletionStage<Long> change(
      String key,
      CommitOp op,
      long bytes,
      Function<Optional<AtRecord>, AtRecord> next,
      Function<AtRecord, List<StoreChange>> along,
      int attempts) {
    return new Change(store(), key, bytes, found -> batch(found, op, next, along), usage)
        .apply()
        .thenApply(this::told)
        .thenCompose(
            result -> {
              if (result instanceof BatchResult.Applied applied) {
                return CompletableFuture.completedFuture(applied.commitIds().get(0));
              }
              return attempts > 1
                  ? change(key, op, bytes, next, along, attempts - 1)
                  : CompletableFuture.failedFuture(
                      new StoreFailed("Too many writers of " + key + "; try again"));
            });
  }

  /** What a change builds on is also what cannot be seen yet. */
  private List<StoreChange> batch(
      Optional<StoreEntry> stored,
      CommitOp op,
      Function<Optional<AtRecord>, AtRecord> next,
      Function<AtRecord, List<StoreChange>> along) {
    Optional<AtRecord> found =
        stored
            .map(entry -> new Stored(AtRecord.of(entry), true))
            .filter(it -> !it.over(now()))
            .map(Stored::record);
    AtRecord record = next.apply(found);
    List<StoreChange> batch = new ArrayList<>();
    batch.add(put(record, op, guard(found)));
    batch.addAll(along.apply(record));
    return batch;
  }

  private static Precondition guard(Optional<AtRecord> found) {
    return found
        .<Precondition>map(record -> new Precondition.Version(record.version()))
        .orElse(Precondition.ABSENT);
  }

  /** A change that stores the record, value and metadata. */
  public static StoreChange put(AtRecord record, Precondition precondition) {
    return put(record, CommitOp.ALL, precondition);
  }

  private static StoreChange put(AtRecord record, CommitOp op, Precondition precondition) {
    return new StoreChange.Put(
        record.key(),
        record.value().getBytes(StandardCharsets.UTF_8),
        record.metadataBytes(op),
        record.metadata().time(MetadataField.AVAILABLE_AT),
        record.metadata().time(MetadataField.EXPIRES_AT),
        KeyNames.logged(record.key()),
        precondition);
  }

  /** Stores a value with fresh metadata, whatever was there. */
  public StoreChange fresh(String key, String value, MetadataChange said, AtSign by) {
    return put(
        new AtRecord(key, value, said.store(Optional.empty(), by, now()), 0), Precondition.ANY);
  }

  /** Says something of a value that stays, unless somebody changes it meanwhile. */
  public StoreChange said(AtRecord old, MetadataChange said, AtSign by) {
    Metadata after = said.store(Optional.of(old.metadata()), by, now());
    return put(
        new AtRecord(old.key(), old.value(), after, 0),
        CommitOp.META,
        new Precondition.Version(old.version()));
  }

  /**
   * Deletes a key; one that is not there is deleted all the same (atprotocol.md 13.10).
   *
   * @return the commit id
   */
  public CompletionStage<Long> delete(String key, List<StoreChange> along) {
    List<StoreChange> batch = new ArrayList<>();
    batch.add(new StoreChange.Delete(key, KeyNames.logged(key), Precondition.ANY));
    batch.addAll(along);
    return apply(batch).thenApply(result -> ((BatchResult.Applied) result).commitIds().get(0));
  }

  /** Applies a batch once; fails with {@link QuotaReached} if there is no room for it. */
  public CompletionStage<BatchResult> apply(List<StoreChange> batch) {
    return apply(batch, early -> {});
  }

  /** The same; {@code early} is told what comes of it before the disk has it, if it can be. */
  CompletionStage<BatchResult> apply(List<StoreChange> batch, Consumer<BatchResult> early) {
    AtSignStore store = store();
    return usage
        .admit(store, batch)
        .thenCompose(room -> store.apply(batch, early))
        .thenApply(this::told);
  }

  /** Counts bytes that are to be stored; false, and not counted, if there may be no room. */
  boolean admits(long bytes) {
    return usage.admits(bytes);
  }

  /** Changes one of the host's own entries; nothing if it is gone. */
  CompletionStage<BatchResult> rewrite(String key, Function<StoreEntry, StoreChange> next) {
    return store().change(key, 0, found -> found.map(next).map(List::of).orElseGet(List::of));
  }

  private BatchResult told(BatchResult result) {
    if (result instanceof BatchResult.Applied applied) {
      long last = -1;
      for (long commit : applied.commitIds()) {
        last = Math.max(last, commit);
      }
      if (last > 0) {
        committed.accept(last);
      }
    }
    return result;
  }

  /** Shows {@code visitor} every entry whose key begins with {@code prefix}, in key order. */
  public CompletionStage<Void> each(String prefix, Consumer<StoreEntry> visitor) {
    return each(prefix, Optional.empty(), visitor);
  }

  /** The same from behind {@code after}. */
  public CompletionStage<Void> each(
      String prefix, Optional<String> after, Consumer<StoreEntry> visitor) {
    return store()
        .scan(prefix, after, PAGE)
        .thenCompose(
            page -> {
              page.forEach(visitor);
              if (page.size() < PAGE) {
                return CompletableFuture.completedFuture(null);
              }
              return each(prefix, Optional.of(page.get(page.size() - 1).key()), visitor);
            });
  }
}
