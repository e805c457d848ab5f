package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreEntry;

/**
 * Rows that are named by a time, in order; see {@link InboxRow}.
 *
 * @param prefix of all their keys
 * @param after key before the first
 * @param end key behind the last; empty for all there are
 */
record TimeRange(String prefix, String after, Optional<String> end) {
  /** A row may be long: this many are held at a time. */
  private static final int PAGE = 64;

  TimeRange {
    requireNonNull(prefix, "prefix is null");
    requireNonNull(after, "after is null");
    requireNonNull(end, "end is null");
  }

  static TimeRange all(String prefix) {
    return new TimeRange(prefix, prefix, Optional.empty());
  }

  /** Rows whose last is of a later millisecond. */
  static TimeRange after(String prefix, long epochMillis) {
    return new TimeRange(
        prefix, InboxRow.before(prefix, epochMillis) + ":\uffff", Optional.empty());
  }

  /** Where the row of one of ours must be. */
  static TimeRange around(String prefix, long epochMillis) {
    long end = epochMillis + Gathering.SPAN_MILLIS + 1;
    return new TimeRange(
        prefix, InboxRow.before(prefix, epochMillis), Optional.of(InboxRow.before(prefix, end)));
  }

  /** Shows them one after the other. */
  CompletionStage<Void> each(AtSignStore store, Consumer<StoreEntry> visitor) {
    return store
        .scan(prefix, Optional.of(after), PAGE)
        .thenCompose(
            page -> {
              page.stream().filter(this::has).forEach(visitor);
              return next(page)
                  .map(next -> next.each(store, visitor))
                  .orElseGet(() -> CompletableFuture.completedFuture(null));
            });
  }

  private boolean has(StoreEntry row) {
    return end.isEmpty() || row.key().compareTo(end.get()) < 0;
  }

  private Optional<TimeRange> next(List<StoreEntry> page) {
    return page.size() < PAGE || !has(page.get(PAGE - 1))
        ? Optional.empty()
        : Optional.of(new TimeRange(prefix, page.get(PAGE - 1).key(), end));
  }
}
