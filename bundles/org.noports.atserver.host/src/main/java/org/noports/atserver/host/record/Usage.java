package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/**
 * Keeps what an atSign stores within its quota, without a look-up for each write: what is written
 * is added up as if nothing were ever replaced or deleted, and only when that sum reaches the quota
 * is it counted what is really there. Thread-safe.
 *
 * <p>Deletions always pass, and so do the few keys by which an atSign shows who it is.
 */
final class Usage {
  /** So much may be written after a start before it is counted what was there. */
  private static final int UNCOUNTED_PART = 100;

  /** Counting reads all there is: it may take a twentieth of the time, not more. */
  private static final int PAUSES = 20;

  private static final int PAGE = 500;

  private final Supplier<Bounds> bounds;
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** Beyond every bound until the queue was asked once. */
  private final AtomicLong queued = new AtomicLong(Long.MAX_VALUE / 2);

  private Optional<CompletableFuture<Void>> counting = Optional.empty();
  private boolean counted;
  private long countedAt;
  private long countingTook;

  Usage(Supplier<Bounds> bounds) {
    this.bounds = requireNonNull(bounds, "bounds is null");
  }

  /** Completes when a batch may be written; fails with {@link QuotaReached}. */
  CompletionStage<Void> admit(AtSignStore store, List<StoreChange> batch) {
    Size size = Size.of(batch);
    if (size.bytes() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    Bounds most = bounds.get();
    keys.addAndGet(size.keys());
    bytes.addAndGet(size.bytes());
    CompletionStage<Void> space =
        fits(most) ? CompletableFuture.completedFuture(null) : recounted(store, most, size);
    if (size.queued() == 0 || queued.addAndGet(size.queued()) <= most.queued()) {
      return space;
    }
    return space.thenCompose(fits -> queueRecounted(store, most, size));
  }

  /**
   * Admits a batch if nothing has to be counted for it.
   *
   * @return whether it may be written; if not, {@link #admit} finds out
   */
  boolean admits(List<StoreChange> batch) {
    Size size = Size.of(batch);
    Bounds most = bounds.get();
    keys.addAndGet(size.keys());
    bytes.addAndGet(size.bytes());
    long waiting = size.queued() == 0 ? 0 : queued.addAndGet(size.queued());
    boolean admitted = size.bytes() == 0 || fits(most) && waiting <= most.queued();
    if (!admitted) {
      keys.addAndGet(-size.keys());
      bytes.addAndGet(-size.bytes());
      queued.addAndGet(-size.queued());
    }
    return admitted;
  }

  /** The same for bytes of a notification. */
  boolean admits(long more) {
    boolean admitted = bytes.addAndGet(more) >= 0 && fits(bounds.get());
    if (!admitted) {
      bytes.addAndGet(-more);
    }
    return admitted;
  }

  private synchronized boolean fits(Bounds most) {
    int part = counted ? 1 : UNCOUNTED_PART;
    return keys.get() <= most.keys() / part && bytes.get() <= most.bytes() / part;
  }

  private CompletionStage<Void> recounted(AtSignStore store, Bounds most, Size size) {
    keys.addAndGet(-size.keys());
    bytes.addAndGet(-size.bytes());
    return count(store)
        .thenAccept(
            done -> {
              keys.addAndGet(size.keys());
              bytes.addAndGet(size.bytes());
              boolean full = keys.get() > most.keys() && size.keys() > 0;
              if (full || bytes.get() > most.bytes()) {
                keys.addAndGet(-size.keys());
                bytes.addAndGet(-size.bytes());
                throw new QuotaReached(
                    QuotaReached.Kind.SPACE,
                    full
                        ? "the quota of " + most.keys() + " keys is reached; delete some"
                        : "the quota of " + most.bytes() + " bytes is reached; delete some");
              }
            });
  }

  private synchronized CompletionStage<Void> count(AtSignStore store) {
    if (counting.isPresent()) {
      return counting.get();
    }
    if (counted && System.nanoTime() - countedAt < PAUSES * countingTook) {
      return CompletableFuture.completedFuture(null);
    }
    long begun = System.nanoTime();
    Count count = new Count();
    CompletableFuture<Void> all =
        count
            .from(store, Optional.empty())
            .thenAccept(none -> found(count, begun))
            .toCompletableFuture();
    all.whenComplete((done, failure) -> stopped());
    counting = Optional.of(all).filter(running -> !running.isDone());
    return all;
  }

  private synchronized void found(Count count, long begun) {
    keys.set(count.keys);
    bytes.set(count.bytes);
    counted = true;
    countedAt = System.nanoTime();
    countingTook = countedAt - begun;
  }

  private synchronized void stopped() {
    counting = Optional.empty();
  }

  /** The queue knows its length by itself. */
  private CompletionStage<Void> queueRecounted(AtSignStore store, Bounds most, Size size) {
    return store
        .queued()
        .thenAccept(
            waiting -> {
              queued.set(waiting + size.queued());
              if (queued.get() > most.queued()) {
                queued.addAndGet(-size.queued());
                throw new QuotaReached(
                    QuotaReached.Kind.QUEUE,
                    most.queued() + " notifications wait to be delivered already; try again later");
              }
            });
  }

  /** What a batch adds, if it replaces nothing. */
  private record Size(long keys, long bytes, long queued) {
    static Size of(List<StoreChange> batch) {
      long keys = 0;
      long bytes = 0;
      long queued = 0;
      for (StoreChange change : batch) {
        if (change instanceof StoreChange.Put put && counts(put.key())) {
          keys += put.key().startsWith(KeyNames.OWN) ? 0 : 1;
          bytes += put.key().length() + put.value().length + put.metadata().length;
        } else if (change instanceof StoreChange.Enqueue item) {
          queued++;
          bytes += item.payload().length;
        }
      }
      return new Size(keys, bytes, queued);
    }

    private static boolean counts(String key) {
      return KeyNames.logged(key) || key.startsWith(KeyNames.OWN);
    }
  }

  /** What is there, page by page. */
  private static final class Count {
    private long keys;
    private long bytes;

    CompletionStage<Void> from(AtSignStore store, Optional<String> after) {
      return store.scan("", after, PAGE).thenCompose(page -> add(store, page));
    }

    private CompletionStage<Void> add(AtSignStore store, List<StoreEntry> page) {
      for (StoreEntry entry : page) {
        keys += entry.key().startsWith(KeyNames.OWN) ? 0 : 1;
        bytes += entry.key().length() + entry.value().length + entry.metadata().length;
      }
      return page.size() < PAGE
          ? CompletableFuture.completedFuture(null)
          : from(store, Optional.of(page.get(page.size() - 1).key()));
    }
  }
}
