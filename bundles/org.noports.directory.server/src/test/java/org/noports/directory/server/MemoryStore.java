package org.noports.directory.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.Subscription;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.LogPage;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;
import org.noports.api.store.StoreCapabilities;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/** A store with one space, in memory: it can fail, and forget its log. It has no queue. */
final class MemoryStore implements AtStore, AtSignStore {
  private final TreeMap<String, StoreEntry> entries = new TreeMap<>();
  private long commits;
  private long logFrom;
  private int scans;
  private boolean failing;

  synchronized void fail(boolean now) {
    failing = now;
  }

  synchronized int scans() {
    return scans;
  }

  /** As if all that was logged until now had been dropped; deletions go with it. */
  synchronized void forgetLog() {
    logFrom = ++commits;
    entries.values().removeIf(StoreEntry::deleted);
  }

  synchronized void put(String key, byte[] value) {
    change(key, value, false);
  }

  synchronized void delete(String key) {
    change(key, new byte[0], true);
  }

  private void change(String key, byte[] value, boolean deleted) {
    commits++;
    entries.put(
        key,
        new StoreEntry(
            key,
            value,
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            commits,
            commits,
            deleted));
  }

  private synchronized <T> CompletionStage<T> answer(Supplier<T> work) {
    return failing
        ? CompletableFuture.failedFuture(new StoreFailed("It is out of order"))
        : CompletableFuture.completedFuture(work.get());
  }

  @Override
  public CompletionStage<List<StoreEntry>> scan(String prefix, Optional<String> after, int limit) {
    return answer(
        () -> {
          scans++;
          return entries.values().stream()
              .filter(it -> !it.deleted() && it.key().startsWith(prefix))
              .filter(it -> after.map(key -> it.key().compareTo(key) > 0).orElse(true))
              .limit(limit)
              .toList();
        });
  }

  @Override
  public CompletionStage<BatchResult> apply(String requestId, List<StoreChange> changes) {
    return answer(
        () -> {
          List<Long> ids = new ArrayList<>();
          for (StoreChange change : changes) {
            if (change instanceof StoreChange.Put put) {
              put(put.key(), put.value());
            } else if (change instanceof StoreChange.Delete delete) {
              delete(delete.key());
            }
            ids.add(commits);
          }
          return new BatchResult.Applied(ids);
        });
  }

  @Override
  public CompletionStage<LogPage> log(long after, String prefix, int limit) {
    return answer(
        () ->
            after < logFrom
                ? new LogPage(List.of(), true)
                : new LogPage(
                    entries.values().stream()
                        .filter(it -> it.commitId() > after && it.key().startsWith(prefix))
                        .sorted(Comparator.comparingLong(StoreEntry::commitId))
                        .limit(limit)
                        .toList(),
                    false));
  }

  @Override
  public CompletionStage<Long> lastCommit() {
    return answer(() -> commits);
  }

  @Override
  public CompletionStage<AtSignStore> create(AtSign atSign) {
    return answer(() -> this);
  }

  @Override
  public CompletionStage<Optional<AtSignStore>> open(AtSign atSign) {
    return answer(() -> Optional.of(this));
  }

  @Override
  public AtSign atSign() {
    return AtStore.DIRECTORY;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH;
  }

  @Override
  public CompletionStage<Optional<StoreEntry>> get(String key) {
    return stored(key).thenApply(found -> found.filter(it -> !it.deleted()));
  }

  @Override
  public CompletionStage<Optional<StoreEntry>> stored(String key) {
    return answer(() -> Optional.ofNullable(entries.get(key)));
  }

  @Override
  public StoreCapabilities capabilities() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Boolean> drop(AtSign atSign) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<AtSign>> atSigns(Optional<AtSign> after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Optional<Long>> leader(String name, Duration lease) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription hints(Consumer<AtSign> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<List<QueueItem>> claim(int limit, Duration lease) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> settle(QueueItem item, QueueOutcome outcome) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Long> queued() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Integer> sweep(int limit) {
    throw new UnsupportedOperationException();
  }
}
