package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreEntry;

/** An atSign's changes in order: the latest of each key that other devices sync. Thread-safe. */
public final class CommitLog {
  private static final int PAGE = 200;

  private final Records records;

  public CommitLog(Records records) {
    this.records = requireNonNull(records, "records is null");
  }

  /** The highest commit id given; 0 if none. */
  public CompletionStage<Long> last() {
    return records.store().lastCommit();
  }

  /**
   * Shows {@code visitor} the changes after a commit, in order, until it says that it has enough.
   *
   * <p>A store forgets old deletions; a device that was away for longer hears of what there is, and
   * not of those.
   *
   * @param visitor says whether it wants more
   */
  public CompletionStage<Void> each(long after, Predicate<Commit> visitor) {
    return each(records.store(), after, after, visitor);
  }

  private static CompletionStage<Void> each(
      AtSignStore store, long from, long after, Predicate<Commit> visitor) {
    return store
        .log(from, "", PAGE)
        .thenCompose(
            page -> {
              if (page.resync()) {
                return from > 0
                    ? each(store, 0, after, visitor)
                    : CompletableFuture.completedFuture(null);
              }
              List<StoreEntry> entries = page.entries();
              for (StoreEntry entry : entries) {
                if (entry.commitId() > after && !visitor.test(Commit.of(entry))) {
                  return CompletableFuture.completedFuture(null);
                }
              }
              return entries.size() < PAGE
                  ? CompletableFuture.completedFuture(null)
                  : each(store, entries.get(entries.size() - 1).commitId(), after, visitor);
            });
  }
}
