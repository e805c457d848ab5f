package org.noports.api.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.Subscription;

/**
 * One atSign's space. Entries whose time has come are invisible at once, whatever a sweep did; time
 * is the store's own ({@link #now}).
 */
public interface AtSignStore {
  AtSign atSign();

  /** The store's clock, against which expiry is compared. */
  Instant now();

  /** The live entry of {@code key}. */
  CompletionStage<Optional<StoreEntry>> get(String key);

  /**
   * The entry of {@code key} even if it cannot be seen yet, or no longer and no sweep has taken it;
   * never a deletion. Whoever shows it looks at {@link StoreEntry#visibleAt} first.
   */
  CompletionStage<Optional<StoreEntry>> stored(String key);

  /**
   * At most {@code limit} live entries in key order, keys starting with {@code prefix} and after
   * {@code after}; an empty prefix is all.
   */
  CompletionStage<List<StoreEntry>> scan(String prefix, Optional<String> after, int limit);

  /**
   * Applies a batch: all of its changes or none. The same {@code requestId} again, within minutes,
   * returns the first result and changes nothing.
   */
  CompletionStage<BatchResult> apply(String requestId, List<StoreChange> changes);

  /**
   * The same, and {@code early} is told what comes of it as soon as the store knows, if it does:
   * the batch cannot be read yet, and a power cut may still undo it. Told at most once, before the
   * stage completes, on any thread, where it may not wait.
   */
  default CompletionStage<BatchResult> apply(
      String requestId, List<StoreChange> changes, Consumer<BatchResult> early) {
    return apply(requestId, changes);
  }

  /**
   * Applies what {@code next} makes of the entry of {@code key}, as {@link #stored} would give it
   * out. A store that can reads and applies in one go, so that nobody comes in between; another one
   * does so one after the other, and the changes' preconditions say whether somebody did.
   *
   * @param bytes about how much the changes hold; bounds what waits in memory
   * @param next called on any thread, where it may not wait; what it throws fails the stage, and
   *     nothing is changed then
   */
  default CompletionStage<BatchResult> change(
      String requestId,
      String key,
      long bytes,
      Function<Optional<StoreEntry>, List<StoreChange>> next) {
    return stored(key).thenCompose(found -> apply(requestId, next.apply(found)));
  }

  /** {@link #apply} for a caller that never repeats a batch: nothing is remembered of it. */
  default CompletionStage<BatchResult> apply(
      List<StoreChange> changes, Consumer<BatchResult> early) {
    return apply(UUID.randomUUID().toString(), changes, early);
  }

  /** {@link #change} for a caller that never repeats it. */
  default CompletionStage<BatchResult> change(
      String key, long bytes, Function<Optional<StoreEntry>, List<StoreChange>> next) {
    return change(UUID.randomUUID().toString(), key, bytes, next);
  }

  /**
   * Applies a batch that is asked for when the store is about to write it: whoever gathers what
   * comes meanwhile waits no longer than for one batch. Never repeated.
   *
   * @param bytes the most that the changes may hold; bounds what waits in memory
   * @param changes called once, on any thread, where it may not wait; not at all if the stage fails
   */
  default CompletionStage<BatchResult> gathered(long bytes, Supplier<List<StoreChange>> changes) {
    return apply(changes.get(), early -> {});
  }

  /**
   * Whether what is given to the store now will be written as far as is known: it is open, and the
   * disk took what came before. Returns at once; false from a store that does not know.
   */
  default boolean isSound() {
    return false;
  }

  /**
   * The latest change of each key, in commit order, after {@code after}; deletions included.
   *
   * @return at most {@code limit}; {@code resync} if the log no longer reaches back that far
   */
  CompletionStage<LogPage> log(long after, String prefix, int limit);

  /** The highest commit id given; 0 if none. */
  CompletionStage<Long> lastCommit();

  /**
   * Hints that something changed: at least one call after each commit, possibly late, repeated or
   * for nothing; the truth is in {@link #log}.
   */
  Subscription hints(Consumer<AtSign> listener);

  /** Claims up to {@code limit} due items of the outgoing queue for {@code lease}. */
  CompletionStage<List<QueueItem>> claim(int limit, Duration lease);

  /**
   * Settles a claimed item: sent (gone), to be tried again, or given up. A claim whose lease ended
   * and that was followed by another one changes nothing.
   */
  CompletionStage<Void> settle(QueueItem item, QueueOutcome outcome);

  /** How many items the outgoing queue holds. */
  CompletionStage<Long> queued();

  /**
   * Deletes up to {@code limit} entries whose time has come, as ordinary commits.
   *
   * @return how many
   */
  CompletionStage<Integer> sweep(int limit);
}
