package org.noports.store.mvstore;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.store.StoreReport;
import org.noports.store.mvstore.disk.Disk;

/**
 * The running store: one thread that writes, some that read and give answers. No caller's thread
 * ever waits for the disk.
 */
final class StoreEngine {
  private static final int READERS = 4;
  private static final int STOP_SECONDS = 30;

  private final Clock clock;
  private final HintBoard hints = new HintBoard();
  private final OpenFile file;
  private final ExecutorService readers;
  private final CommitThread commits;
  private final Thread thread;

  /**
   * Opens the store on its own thread.
   *
   * @param checkpoints runs checkpoints, which take a while
   */
  StoreEngine(Settings settings, Clock clock, Disk disk, Executor checkpoints) {
    this.clock = clock;
    this.file = new OpenFile(disk, checkpoints);
    AtomicInteger number = new AtomicInteger();
    this.readers =
        Executors.newFixedThreadPool(
            READERS, task -> new Thread(task, "noports-store-" + number.incrementAndGet()));
    this.commits = new CommitThread(file, settings, clock, readers, hints);
    this.thread = new Thread(commits, "noports-store-commit");
    thread.start();
  }

  Clock clock() {
    return clock;
  }

  HintBoard hints() {
    return hints;
  }

  Health health() {
    return file.health();
  }

  /** Whether what comes now will be written as far as is known. */
  boolean isSound() {
    return file.isSound();
  }

  CompletionStage<StoreReport> compact() {
    CompletionStage<StoreReport> report = file.compact();
    commits.wake();
    return report;
  }

  void settings(Settings changed) {
    commits.settings(changed);
  }

  <T> CompletionStage<T> write(Mutation<T> mutation, long bytes) {
    return commits.submit(mutation, bytes);
  }

  <T> CompletionStage<T> write(Mutation<T> mutation, long bytes, Consumer<? super T> early) {
    return commits.submit(mutation, bytes, early);
  }

  /** Reads from the last durable commit; {@code reading} runs on a reader's thread. */
  <T> CompletionStage<T> read(Function<View, T> reading) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    try {
      readers.execute(() -> read(reading, stage));
    } catch (RejectedExecutionException e) {
      stage.completeExceptionally(new StoreFailed("The store was stopped", e));
    }
    return stage;
  }

  private <T> void read(Function<View, T> reading, CompletableFuture<T> stage) {
    T result;
    try {
      result = reading(reading::apply);
    } catch (StoreFailed e) {
      stage.completeExceptionally(e);
      return;
    } catch (RuntimeException | Error e) {
      stage.completeExceptionally(
          new StoreFailed("The store could not be read (" + e + "); try again", e));
      return;
    }
    stage.complete(result);
  }

  /** Reads what is in memory, in the caller's thread; empty if it is not, or not open yet. */
  <T> Optional<T> glance(Function<View, Optional<T>> reading) {
    return file.open().flatMap(reading);
  }

  /** A reading that may fail by name. */
  @FunctionalInterface
  interface Reading<T> {
    T apply(View view) throws StoreFailed;
  }

  /** Reads in this thread; again if the file was opened anew meanwhile. */
  <T> T reading(Reading<T> reading) throws StoreFailed {
    while (true) {
      View view = file.latest();
      if (view.take()) {
        try {
          return reading.apply(view);
        } catch (MVStoreException e) {
          if (file.latest() == view) {
            throw e;
          }
          // The file was opened anew meanwhile.
        } finally {
          view.release();
        }
      }
      Thread.onSpinWait();
    }
  }

  /** Writes what waits, closes the file and ends all threads. */
  void close() {
    commits.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      readers.shutdown();
      if (!readers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        readers.shutdownNow();
      }
    } catch (InterruptedException e) {
      readers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
