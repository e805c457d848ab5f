package org.noports.atserver.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.Subscription;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.LogPage;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/** One atSign's space in memory. */
final class FakeAtSignStore implements AtSignStore {
  private final AtSign atSign;
  private final Clock clock;

  /** How often anything was written or claimed in any space of the same store. */
  private final AtomicLong work;

  private final TreeMap<String, StoreEntry> entries = new TreeMap<>();
  private final Map<String, Queued> queue = new LinkedHashMap<>();
  volatile boolean scansFail;
  volatile boolean sound = true;
  volatile boolean writesFail;

  /** What scans wait for before they answer with what they have found. */
  volatile CompletableFuture<Void> scansGo = CompletableFuture.completedFuture(null);

  final AtomicInteger scansWaiting = new AtomicInteger();
  private long floor;
  private boolean holding;
  private final List<Runnable> held = new ArrayList<>();
  private long commits;
  private long versions;

  private record Queued(StoreChange.Enqueue item, Instant dueAt, int attempts, String token) {}

  FakeAtSignStore(AtSign atSign, Clock clock) {
    this(atSign, clock, new AtomicLong());
  }

  FakeAtSignStore(AtSign atSign, Clock clock, AtomicLong work) {
    this.atSign = atSign;
    this.clock = clock;
    this.work = work;
  }

  @Override
  public AtSign atSign() {
    return atSign;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public synchronized CompletionStage<Optional<StoreEntry>> get(String key) {
    return done(live(key));
  }

  @Override
  public synchronized CompletionStage<Optional<StoreEntry>> stored(String key) {
    return done(Optional.ofNullable(entries.get(key)).filter(entry -> !entry.deleted()));
  }

  private Optional<StoreEntry> present(String key) {
    return Optional.ofNullable(entries.get(key))
        .filter(entry -> !entry.deleted())
        .filter(entry -> entry.expiresAt().map(now()::isBefore).orElse(true));
  }

  private Optional<StoreEntry> live(String key) {
    return Optional.ofNullable(entries.get(key)).filter(entry -> entry.visibleAt(now()));
  }

  @Override
  public synchronized CompletionStage<List<StoreEntry>> scan(
      String prefix, Optional<String> after, int limit) {
    if (scansFail) {
      return CompletableFuture.failedFuture(new StoreFailed("the disk cannot be read"));
    }
    List<StoreEntry> page =
        entries.tailMap(after.orElse(""), after.isEmpty()).values().stream()
            .filter(entry -> entry.key().startsWith(prefix) && entry.visibleAt(now()))
            .limit(limit)
            .toList();
    scansWaiting.incrementAndGet();
    return scansGo.thenApply(go -> page);
  }

  @Override
  public CompletionStage<BatchResult> apply(String requestId, List<StoreChange> changes) {
    return apply(requestId, changes, early -> {});
  }

  @Override
  public synchronized CompletionStage<BatchResult> apply(
      String requestId, List<StoreChange> changes, Consumer<BatchResult> early) {
    work.incrementAndGet();
    for (int i = 0; i < changes.size(); i++) {
      if (!holds(changes.get(i))) {
        return done(new BatchResult.Refused(i, key(changes.get(i))));
      }
    }
    List<Long> commitIds = new ArrayList<>();
    changes.forEach(change -> commitIds.add(change(change)));
    BatchResult applied = new BatchResult.Applied(commitIds);
    if (!holding) {
      return done(applied);
    }
    CompletableFuture<BatchResult> later = new CompletableFuture<>();
    held.add(() -> later.complete(applied));
    early.accept(applied);
    return later;
  }

  /** What is gathered is asked for when the disk is free. */
  @Override
  public CompletionStage<BatchResult> gathered(long bytes, Supplier<List<StoreChange>> changes) {
    synchronized (this) {
      if (writesFail) {
        return CompletableFuture.failedFuture(new StoreFailed("the disk is gone"));
      }
      if (holding) {
        CompletableFuture<BatchResult> later = new CompletableFuture<>();
        held.add(
            () ->
                apply(changes.get(), early -> {})
                    .whenComplete((done, none) -> later.complete(done)));
        return later;
      }
    }
    return apply(changes.get(), early -> {});
  }

  @Override
  public boolean isSound() {
    return sound;
  }

  /** From now on no change is acknowledged, as by a disk that is slow. */
  synchronized void hold() {
    holding = true;
  }

  synchronized int held() {
    return held.size();
  }

  /** Acknowledges what was held, the last first: answers come on several threads. */
  void release() {
    List<Runnable> all;
    synchronized (this) {
      holding = false;
      all = new ArrayList<>(held);
      held.clear();
    }
    Collections.reverse(all);
    all.forEach(Runnable::run);
  }

  private boolean holds(StoreChange change) {
    StoreChange.Precondition wanted =
        change instanceof StoreChange.Put put
            ? put.precondition()
            : change instanceof StoreChange.Delete delete
                ? delete.precondition()
                : StoreChange.Precondition.ANY;
    Optional<StoreEntry> now = present(key(change));
    if (wanted instanceof StoreChange.Precondition.Version v) {
      return now.map(entry -> entry.version() == v.version()).orElse(false);
    }
    return !(wanted instanceof StoreChange.Precondition.Absent) || now.isEmpty();
  }

  private static String key(StoreChange change) {
    return change instanceof StoreChange.Put put
        ? put.key()
        : change instanceof StoreChange.Delete delete ? delete.key() : "";
  }

  private long change(StoreChange change) {
    if (change instanceof StoreChange.Enqueue item) {
      queue.put(item.id(), new Queued(item, item.dueAt(), 0, ""));
      return -1;
    }
    if (change instanceof StoreChange.Put put) {
      long commit = put.logged() ? ++commits : -1;
      entries.put(
          put.key(),
          new StoreEntry(
              put.key(),
              put.value(),
              put.metadata(),
              put.visibleFrom(),
              put.expiresAt(),
              ++versions,
              commit,
              false));
      return commit;
    }
    StoreChange.Delete delete = (StoreChange.Delete) change;
    entries.remove(delete.key());
    if (delete.logged()) {
      entries.put(delete.key(), deletion(delete.key()));
    }
    return delete.logged() ? commits : -1;
  }

  private StoreEntry deletion(String key) {
    Optional<Instant> always = Optional.empty();
    byte[] none = new byte[0];
    return new StoreEntry(key, none, none, always, always, ++versions, ++commits, true);
  }

  @Override
  public synchronized CompletionStage<LogPage> log(long after, String prefix, int limit) {
    if (after > 0 && after < floor) {
      return done(new LogPage(List.of(), true));
    }
    return done(
        new LogPage(
            entries.values().stream()
                .filter(entry -> entry.commitId() > after && entry.key().startsWith(prefix))
                .sorted(Comparator.comparingLong(StoreEntry::commitId))
                .limit(limit)
                .toList(),
            false));
  }

  /** Forgets the deletions so far, as a store does with old ones. */
  synchronized void forgetDeletions() {
    entries.values().removeIf(StoreEntry::deleted);
    floor = commits;
  }

  @Override
  public synchronized CompletionStage<Long> lastCommit() {
    return done(commits);
  }

  @Override
  public Subscription hints(Consumer<AtSign> listener) {
    return () -> {};
  }

  @Override
  public synchronized CompletionStage<List<QueueItem>> claim(int limit, Duration lease) {
    work.incrementAndGet();
    queue.values().removeIf(held -> !held.item().expiresAt().isAfter(now()));
    List<QueueItem> claimed = new ArrayList<>();
    for (Map.Entry<String, Queued> slot : queue.entrySet()) {
      Queued held = slot.getValue();
      if (claimed.size() < limit && !held.dueAt().isAfter(now())) {
        String token = UUID.randomUUID().toString();
        StoreChange.Enqueue item = held.item();
        slot.setValue(new Queued(item, now().plus(lease), held.attempts() + 1, token));
        claimed.add(
            new QueueItem(
                item.id(),
                item.recipient(),
                item.payload(),
                held.attempts() + 1,
                item.expiresAt(),
                token));
      }
    }
    return done(claimed);
  }

  @Override
  public synchronized CompletionStage<Void> settle(QueueItem item, QueueOutcome outcome) {
    Queued held = queue.get(item.id());
    if (held != null && held.token().equals(item.token())) {
      if (outcome instanceof QueueOutcome.Retry retry) {
        queue.put(item.id(), new Queued(held.item(), retry.dueAt(), held.attempts(), ""));
      } else {
        queue.remove(item.id());
      }
    }
    return done(null);
  }

  @Override
  public synchronized CompletionStage<Long> queued() {
    return done((long) queue.size());
  }

  @Override
  public synchronized CompletionStage<Integer> sweep(int limit) {
    List<String> gone =
        entries.values().stream()
            .filter(entry -> entry.expiresAt().map(at -> !now().isBefore(at)).orElse(false))
            .limit(limit)
            .map(StoreEntry::key)
            .toList();
    gone.forEach(entries::remove);
    return done(gone.size());
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
