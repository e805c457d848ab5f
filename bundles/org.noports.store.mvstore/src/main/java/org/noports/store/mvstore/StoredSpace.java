package org.noports.store.mvstore;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
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

/** One atSign's space: a name and the engine, nothing else; reads and writes go their own ways. */
final class StoredSpace implements AtSignStore {
  private final StoreEngine engine;
  private final AtSign atSign;
  private final SpaceReader reader;

  StoredSpace(StoreEngine engine, AtSign atSign) {
    this.engine = engine;
    this.atSign = requireNonNull(atSign, "atSign is null");
    this.reader = new SpaceReader(atSign);
  }

  @Override
  public AtSign atSign() {
    return atSign;
  }

  @Override
  public Instant now() {
    return engine.clock().instant();
  }

  @Override
  public CompletionStage<Optional<StoreEntry>> get(String key) {
    Limits.key(key);
    return stored(key).thenApply(found -> found.filter(it -> it.visibleAt(now())));
  }

  @Override
  public CompletionStage<Optional<StoreEntry>> stored(String key) {
    Limits.key(key);
    return engine
        .glance(view -> reader.inMemory(view, key))
        .<CompletionStage<Optional<StoreEntry>>>map(CompletableFuture::completedStage)
        .orElseGet(() -> engine.read(view -> reader.stored(view, key)));
  }

  @Override
  public CompletionStage<List<StoreEntry>> scan(String prefix, Optional<String> after, int limit) {
    requireNonNull(prefix, "prefix is null");
    requireNonNull(after, "after is null");
    Limits.count(limit);
    return engine.read(view -> reader.scan(view, prefix, after, limit, now()));
  }

  @Override
  public CompletionStage<BatchResult> apply(String requestId, List<StoreChange> changes) {
    return apply(Optional.of(Limits.requestId(requestId)), changes, Pending.nobody());
  }

  @Override
  public CompletionStage<BatchResult> apply(
      String requestId, List<StoreChange> changes, Consumer<BatchResult> early) {
    return apply(Optional.of(Limits.requestId(requestId)), changes, early);
  }

  @Override
  public CompletionStage<BatchResult> apply(
      List<StoreChange> changes, Consumer<BatchResult> early) {
    return apply(Optional.empty(), changes, early);
  }

  private CompletionStage<BatchResult> apply(
      Optional<String> requestId, List<StoreChange> changes, Consumer<? super BatchResult> early) {
    requireNonNull(early, "early is null");
    List<StoreChange> copy = List.copyOf(changes);
    Optional<StoreFailed> unfit = Limits.tooLarge(copy);
    return unfit.isPresent()
        ? CompletableFuture.failedStage(unfit.get())
        : engine.write(new ApplyBatch(atSign, requestId, copy), Limits.bytes(copy), early);
  }

  @Override
  public CompletionStage<BatchResult> change(
      String requestId,
      String key,
      long bytes,
      Function<Optional<StoreEntry>, List<StoreChange>> next) {
    return change(Optional.of(Limits.requestId(requestId)), key, bytes, next);
  }

  @Override
  public CompletionStage<BatchResult> change(
      String key, long bytes, Function<Optional<StoreEntry>, List<StoreChange>> next) {
    return change(Optional.empty(), key, bytes, next);
  }

  private CompletionStage<BatchResult> change(
      Optional<String> requestId,
      String key,
      long bytes,
      Function<Optional<StoreEntry>, List<StoreChange>> next) {
    Limits.key(key);
    requireNonNull(next, "next is null");
    return engine
        .write(new ChangeEntry(atSign, requestId, key, next), bytes)
        .thenApply(Supplier::get);
  }

  @Override
  public CompletionStage<BatchResult> gathered(long bytes, Supplier<List<StoreChange>> changes) {
    requireNonNull(changes, "changes is null");
    return engine.write(new ApplyGathered(atSign, changes), bytes).thenApply(Supplier::get);
  }

  @Override
  public boolean isSound() {
    return engine.isSound();
  }

  @Override
  public CompletionStage<LogPage> log(long after, String prefix, int limit) {
    requireNonNull(prefix, "prefix is null");
    Limits.count(limit);
    return engine.read(view -> reader.log(view, after, prefix, limit));
  }

  @Override
  public CompletionStage<Long> lastCommit() {
    return engine.read(view -> reader.space(view).map(Space::lastCommit).orElse(0L));
  }

  @Override
  public Subscription hints(Consumer<AtSign> listener) {
    return engine.hints().add(atSign, requireNonNull(listener, "listener is null"));
  }

  @Override
  public CompletionStage<List<QueueItem>> claim(int limit, Duration lease) {
    Limits.count(limit);
    requireNonNull(lease, "lease is null");
    return engine
        .read(view -> reader.isDue(view.rows(Table.QUEUE), now()))
        .thenCompose(
            due ->
                due
                    ? engine.write(new ClaimItems(atSign, limit, lease), 0)
                    : CompletableFuture.completedStage(List.of()));
  }

  @Override
  public CompletionStage<Void> settle(QueueItem item, QueueOutcome outcome) {
    requireNonNull(outcome, "outcome is null");
    return engine.write(new SettleItem(atSign, item.token(), outcome), 0);
  }

  @Override
  public CompletionStage<Long> queued() {
    return engine.read(view -> reader.space(view).map(Space::queued).orElse(0L));
  }

  @Override
  public CompletionStage<Integer> sweep(int limit) {
    Limits.count(limit);
    return engine
        .read(view -> reader.isDue(view.rows(Table.DUE), now()))
        .thenCompose(
            due ->
                due
                    ? engine.write(new SweepExpired(atSign, limit), 0)
                    : CompletableFuture.completedStage(0));
  }

  @Override
  public String toString() {
    return "StoredSpace[" + atSign + "]";
  }
}
