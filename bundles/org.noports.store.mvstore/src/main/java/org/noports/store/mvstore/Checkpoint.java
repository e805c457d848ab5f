package org.noports.store.mvstore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One taking over of rows from memory into the file, while the journal goes on in a new segment.
 *
 * @param rows what the file lacks
 * @param upTo the last record of the journal that they belong to
 * @param bytes how much that is in the journal
 * @param segments of the journal that are not needed once the file has the rows
 */
record Checkpoint(Layer rows, long upTo, long bytes, List<Path> segments) {
  /**
   * How it ended.
   *
   * @param failure why it failed, if it did
   * @param broken whether the file must be opened anew
   */
  record End(Optional<Throwable> failure, boolean broken) {}

  /** Runs on {@code executor}; the future never fails. */
  CompletableFuture<End> run(BaseFile base, Executor executor) {
    return CompletableFuture.supplyAsync(() -> takeIn(base), executor);
  }

  private End takeIn(BaseFile base) {
    try {
      base.checkpoint(rows, upTo, bytes);
      base.compact();
      return new End(Optional.empty(), false);
    } catch (IOException e) {
      return new End(Optional.of(e), false);
    } catch (RuntimeException | Error e) {
      return new End(Optional.of(e), true);
    }
  }
}
