package org.noports.atserver.host.record;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/**
 * A change of what is stored under a key, made in the store's own turn: it is read where it is
 * written. Only where the quota has to be counted first is it read before, counted, and written
 * then, if nobody came in between.
 *
 * @param bytes about how long it is
 * @param next the batch that makes of what is stored what is to be stored
 */
record Change(
    AtSignStore store,
    String key,
    long bytes,
    Function<Optional<StoreEntry>, List<StoreChange>> next,
    Usage usage) {
  /** The quota must be counted before the change is made. */
  private static final class MustCount extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MustCount() {
      super("count first", null, false, false);
    }
  }

  /** Makes it once; fails with what {@code next} throws, or {@link QuotaReached}. */
  CompletionStage<BatchResult> apply() {
    return store
        .change(key, bytes, this::admitted)
        .handle(
            (result, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedStage(result);
              }
              return failure instanceof MustCount || failure.getCause() instanceof MustCount
                  ? counted()
                  : CompletableFuture.<BatchResult>failedStage(failure);
            })
        .thenCompose(Function.identity());
  }

  private List<StoreChange> admitted(Optional<StoreEntry> found) {
    List<StoreChange> batch = next.apply(found);
    if (!usage.admits(batch)) {
      throw new MustCount();
    }
    return batch;
  }

  private CompletionStage<BatchResult> counted() {
    return store
        .stored(key)
        .thenCompose(
            found -> {
              List<StoreChange> batch = next.apply(found);
              return usage.admit(store, batch).thenCompose(room -> store.apply(batch, early -> {}));
            });
  }
}
