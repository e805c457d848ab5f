package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.noports.api.StoreFailed;

/**
 * The open file. Used by the commit thread only, but for {@link #latest}.
 *
 * <p>The engine's own timers are off: nothing is written but by {@link #commit}, so that a batch is
 * never half on disk. A commit appends a chunk; space of old chunks is used again when a later
 * commit no longer needs it and was flushed, which {@link #RETENTION_MILLIS} only delays.
 */
final class StoreFile {
  /** Of the maps and rows; a file with a higher number was written by a newer version. */
  static final int FORMAT = 1;

  private static final byte[] FORMAT_KEY = "format".getBytes(UTF_8);
  private static final byte[] PROBE_KEY = "probe".getBytes(UTF_8);

  /**
   * How long the engine leaves freed space alone. Its default of 45 s guards stores that do not
   * flush; this one flushes each commit, and 45 s of commits would grow the file for nothing.
   */
  private static final int RETENTION_MILLIS = 1000;

  /** Small pages: a commit writes every page that it touched. */
  private static final int PAGE_BYTES = 4096;

  private static final int FILL_PERCENT = 60;
  private static final int COMPACT_BYTES = 4 << 20;

  /** A file that is smaller and empty is new, or a crash interrupted its making. */
  private static final long FRESH_BYTES = 64 << 10;

  private static final int MOST_READERS = 1 << 16;
  private static final int CLOSE_WAIT_SECONDS = 5;

  private final Path path;
  private final MVStore store;
  private final Tables tables;
  private final RequestMemory memory;
  private final Semaphore readers = new Semaphore(MOST_READERS);
  private volatile Snapshot latest;

  private StoreFile(Path path, MVStore store) {
    this.path = path;
    this.store = store;
    this.tables = Tables.of(store);
    this.memory = new RequestMemory(tables.requests());
    this.latest = new Snapshot(store, tables, readers);
  }

  /**
   * Opens or makes the file.
   *
   * @throws StoreFailed with a sentence that names the file, if that cannot be
   */
  static StoreFile open(Path path, int cacheMegabytes) throws StoreFailed {
    MVStore store = null;
    boolean opened = false;
    SealedFile sealed =
        new SealedFile(Map.of("cacheSize", cacheMegabytes, "pageSplitSize", PAGE_BYTES));
    try {
      boolean fresh = FilePlace.prepare(path) < FRESH_BYTES;
      sealed.open(path.toString(), false, null);
      opened = true;
      store =
          new MVStore.Builder()
              .adoptFileStore(sealed)
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      store.setRetentionTime(RETENTION_MILLIS);
      checkFormat(path, store, fresh);
      StoreFile file = new StoreFile(path, store);
      file.commit();
      return file;
    } catch (IOException | MVStoreException e) {
      abandon(store, opened ? Optional.of(sealed) : Optional.empty());
      throw new StoreFailed(sentence(path, e), e);
    } catch (StoreFailed | RuntimeException e) {
      abandon(store, opened ? Optional.of(sealed) : Optional.empty());
      throw e;
    }
  }

  private static void abandon(MVStore store, Optional<SealedFile> sealed) {
    if (store != null) {
      store.closeImmediately();
    } else {
      sealed.ifPresent(SealedFile::close);
    }
  }

  private static void checkFormat(Path path, MVStore store, boolean fresh) throws StoreFailed {
    if (fresh && store.getMapNames().isEmpty()) {
      Tables.of(store).about().put(FORMAT_KEY, Integer.toString(FORMAT).getBytes(UTF_8));
      return;
    }
    if (store.getMapNames().isEmpty()) {
      throw new StoreFailed(
          "The store "
              + path
              + " is damaged: nothing in it can be read; restore it from a backup or set 'file' to"
              + " another path");
    }
    byte[] format = store.hasMap(Tables.ABOUT) ? Tables.of(store).about().get(FORMAT_KEY) : null;
    if (format == null) {
      throw new StoreFailed(
          "The file " + path + " is not a NoPorts store; set 'file' to another path");
    }
    int found = Integer.parseInt(new String(format, UTF_8));
    if (found > FORMAT) {
      throw new StoreFailed(
          "The store "
              + path
              + " has format "
              + found
              + ", this version reads up to format "
              + FORMAT
              + "; start the newer version that wrote it, or set 'file' to another path");
    }
  }

  Path path() {
    return path;
  }

  Tables tables() {
    return tables;
  }

  RequestMemory memory() {
    return memory;
  }

  Snapshot latest() {
    return latest;
  }

  void cacheMegabytes(int megabytes) {
    store.setCacheSize(megabytes);
  }

  /**
   * Writes what changed, waits until the disk has it, and shows it to readers.
   *
   * @throws MVStoreException if it cannot be written; the file is closed then
   * @throws UncheckedIOException if the disk did not confirm it; whether it has it is unknown
   */
  void commit() {
    if (!store.hasUnsavedChanges()) {
      return;
    }
    store.commit();
    flush();
    Snapshot before = latest;
    latest = new Snapshot(store, tables, readers);
    before.drop();
  }

  private void flush() {
    try {
      store.sync();
    } catch (MVStoreException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  /** Writes something that matters to nobody, to learn whether writing works. */
  void probe(long value) {
    tables.about().put(PROBE_KEY, Long.toString(value).getBytes(UTF_8));
    commit();
  }

  /**
   * Writes what lives in mostly empty chunks anew, a few megabytes at a time, so that their space
   * can be used again. Chunks are never moved within the file, as the engine could do to make it
   * shorter: rewriting only appends, moving overwrites.
   */
  void compact() {
    if (store.compact(FILL_PERCENT, COMPACT_BYTES)) {
      flush();
      commit();
    }
  }

  /** Waits for those who read, then closes. All is on disk already: giving up loses nothing. */
  void close() throws InterruptedException {
    if (readers.tryAcquire(MOST_READERS, CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
      latest.drop();
      store.close();
    } else {
      abandon();
    }
  }

  /** Closes without writing: what is in memory is not to be trusted any more. */
  void abandon() {
    store.closeImmediately();
  }

  /** What a failure means for the file. */
  static String sentence(Path path, Throwable failure) {
    int code = failure instanceof MVStoreException e ? e.getErrorCode() : -1;
    return switch (code) {
      case DataUtils.ERROR_FILE_LOCKED ->
          "The store " + path + " is in use by another process; stop that one or set 'file'";
      case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT ->
          "The store "
              + path
              + " is damaged or no store ("
              + failure.getMessage()
              + "); restore it from a backup or set 'file' to another path";
      default ->
          "The store "
              + path
              + " cannot be written or read ("
              + failure
              + "); check that the disk has space and that its folder may be written";
    };
  }
}
