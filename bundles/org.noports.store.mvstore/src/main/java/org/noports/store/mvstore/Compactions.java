package org.noports.store.mvstore;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.noports.api.StoreFailed;
import org.noports.api.store.StoreReport;

/** Who has asked for the file to be written anew. Any thread asks; the commit thread answers. */
final class Compactions {
  /**
   * The one under way.
   *
   * @param report who waits for it
   * @param before how long the file was
   */
  private record Compacting(CompletableFuture<StoreReport> report, long before) {}

  private final Queue<CompletableFuture<StoreReport>> asked = new ConcurrentLinkedQueue<>();
  private Optional<Compacting> compacting = Optional.empty();

  CompletionStage<StoreReport> ask() {
    CompletableFuture<StoreReport> report = new CompletableFuture<>();
    asked.add(report);
    return report;
  }

  /** Whether somebody has asked: then it is under way from now on. */
  boolean begin(long fileBytes) {
    CompletableFuture<StoreReport> next = asked.poll();
    if (next == null) {
      return false;
    }
    compacting = Optional.of(new Compacting(next, fileBytes));
    return true;
  }

  /** It ended, if one was under way. */
  void end(Optional<StoreFailed> failure, long fileBytes) {
    compacting.ifPresent(
        it ->
            failure.ifPresentOrElse(
                it.report()::completeExceptionally,
                () -> it.report().complete(new StoreReport(0, 0, it.before(), fileBytes))));
    compacting = Optional.empty();
  }

  void close() {
    StoreFailed stopped = new StoreFailed("The store was stopped");
    end(Optional.of(stopped), 0);
    asked.forEach(it -> it.completeExceptionally(stopped));
  }
}
