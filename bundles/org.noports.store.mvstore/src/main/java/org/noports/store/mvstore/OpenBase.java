package org.noports.store.mvstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.noports.api.StoreFailed;
import org.noports.store.mvstore.disk.Disk;
import org.noports.store.mvstore.journal.Journal;

/** Opens or makes a {@link BaseFile}. */
final class OpenBase {
  /**
   * How long the engine leaves freed space alone. Its default of 45 s guards stores that do not
   * flush; this one flushes each commit, and 45 s of commits would grow the file for nothing.
   */
  private static final int RETENTION_MILLIS = 1000;

  /** Small pages: a commit writes every page that it touched. */
  private static final int PAGE_BYTES = 4096;

  private OpenBase() {}

  /**
   * Opens or makes the file.
   *
   * @param doubts what an earlier opening in this process could not confirm
   * @throws StoreFailed with a sentence that names the file, if that cannot be
   */
  static BaseFile open(Disk disk, Path path, int cacheMegabytes, List<SealedFile.Doubt> doubts)
      throws StoreFailed {
    try {
      if (!disk.exists(path)) {
        make(disk, path);
      }
      return opened(disk, path, path, cacheMegabytes, doubts);
    } catch (IOException | UncheckedIOException | MVStoreException e) {
      throw new StoreFailed(Sentences.failure(path, e), e);
    }
  }

  /** Makes the file under another name first: one that has the right name was written whole. */
  private static void make(Disk disk, Path path) throws IOException, StoreFailed {
    if (Journal.exists(disk, path)) {
      throw new StoreFailed(Sentences.missing(path));
    }
    Path part = path.resolveSibling(path.getFileName() + ".new");
    disk.delete(part);
    opened(disk, part, path, 1, List.of()).closeNew();
    disk.move(part, path);
    disk.forceNames(path.getParent());
  }

  /** Opens {@code file}, which has or will have the name {@code path}. */
  static BaseFile opened(
      Disk disk, Path file, Path path, int cacheMegabytes, List<SealedFile.Doubt> doubts)
      throws IOException, StoreFailed {
    Map<String, Object> config = Map.of("cacheSize", cacheMegabytes, "pageSplitSize", PAGE_BYTES);
    SealedFile sealed = new SealedFile(disk, file, config, doubts);
    MVStore store = null;
    try {
      store =
          new MVStore.Builder()
              .adoptFileStore(sealed)
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      store.setRetentionTime(RETENTION_MILLIS);
      UUID id = FileFormat.check(disk, file, sealed, store);
      BaseFile base = new BaseFile(disk, path, cacheMegabytes, sealed, store, id);
      base.commit();
      return base;
    } catch (IOException | StoreFailed | RuntimeException | Error e) {
      abandon(store, sealed);
      throw e;
    }
  }

  private static void abandon(MVStore store, SealedFile sealed) {
    if (store != null) {
      store.closeImmediately();
    } else {
      sealed.close();
    }
  }
}
