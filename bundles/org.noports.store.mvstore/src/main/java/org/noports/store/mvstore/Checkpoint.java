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
   * @param successor the file that stands in the place of this one now
   */
  record End(Optional<Throwable> failure, boolean broken, Optional<BaseFile> successor) {
    static End failed(Throwable failure, boolean broken) {
      return new End(Optional.of(failure), broken, Optional.empty());
    }
  }

  /**
   * Runs on {@code executor}; the future never fails.
   *
   * @param anew whether the whole file is to be written anew, without what is not used
   */
  CompletableFuture<End> run(BaseFile base, boolean anew, Executor executor) {
    return CompletableFuture.supplyAsync(() -> takeIn(base, anew), executor);
  }

  private End takeIn(BaseFile base, boolean anew) {
    try {
      base.checkpoint(rows, upTo, bytes);
      base.compact();
    } catch (IOException e) {
      return End.failed(e, false);
    } catch (RuntimeException | Error e) {
      return End.failed(e, true);
    }
    try {
      return new End(
          Optional.empty(), false, anew ? Optional.of(base.writtenAnew()) : Optional.empty());
    } catch (Exception | Error e) {
      // The file itself was only read.
      return End.failed(e, false);
    }
  }
}
