package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.noports.api.StoreFailed;
import org.noports.store.mvstore.disk.Disk;

/**
 * The store's file as the engine keeps it: all rows up to a record of the journal.
 *
 * <p>The engine's own timers are off: nothing is written but by a checkpoint. One appends chunks;
 * space of old chunks is used again when a later commit no longer needs it and was flushed, which
 * {@link OpenBase} only delays a little. Written to by one thread at a time; views may be read by
 * any.
 */
final class BaseFile {
  private static final byte[] DONE_KEY = "journal".getBytes(UTF_8);

  /**
   * A checkpoint is written in parts, to bound the pages in memory; the engine uses its buffer
   * again up to 4 MiB only, which it grows from 3 MiB to more, and larger ones have the collector
   * stop everything.
   */
  private static final int UNSAVED_BYTES = 5 << 19;

  private static final int FILL_PERCENT = 60;
  private static final int COMPACT_BYTES = 4 << 20;
  private static final int MOST_READERS = 1 << 16;
  private static final int CLOSE_WAIT_SECONDS = 5;

  private final Disk disk;
  private final Path path;
  private final int cacheMegabytes;
  private final SealedFile sealed;
  private final MVStore store;
  private final UUID id;
  private final Map<Table, MVMap<byte[], byte[]>> maps = new EnumMap<>(Table.class);
  private final Semaphore readers = new Semaphore(MOST_READERS);
  private long done;

  BaseFile(Disk disk, Path path, int cacheMegabytes, SealedFile sealed, MVStore store, UUID id) {
    this.disk = disk;
    this.path = path;
    this.cacheMegabytes = cacheMegabytes;
    this.sealed = sealed;
    this.store = store;
    this.id = id;
    for (Table table : Table.values()) {
      maps.put(table, BytesType.map(store, table));
    }
    byte[] number = maps.get(Table.ABOUT).get(DONE_KEY);
    this.done = number == null ? 0 : ByteBuffer.wrap(number).getLong();
  }

  Path path() {
    return path;
  }

  /** Tells this store from all others. */
  UUID id() {
    return id;
  }

  /** The last record of the journal whose rows are all here. */
  long done() {
    return done;
  }

  List<SealedFile.Doubt> doubts() {
    return sealed.doubts();
  }

  void cacheMegabytes(int megabytes) {
    store.setCacheSize(megabytes);
  }

  BaseView view() {
    return new BaseView(store, maps, readers);
  }

  /**
   * Takes in what the journal has up to record {@code upTo}. A part of it that is on disk without
   * the rest does no harm: the journal still has all, and is read again from where it was.
   *
   * @param bytes how much that is, about
   * @throws IOException if there is no room for it; nothing was changed then
   */
  void checkpoint(Layer rows, long upTo, long bytes) throws IOException {
    if (disk.room(path.getParent()) < 2 * bytes) {
      throw new IOException("No space left on device for a checkpoint of " + bytes + " bytes");
    }
    for (Table table : Table.values()) {
      MVMap<byte[], byte[]> map = maps.get(table);
      Rows.Sheet sheet = rows.sheet(table);
      Cursor<byte[], byte[]> cursor = sheet.map().cursor(sheet.root(), null, null, false);
      while (cursor.hasNext()) {
        byte[] key = cursor.next();
        if (cursor.getValue() == Rows.GONE) {
          map.remove(key);
        } else {
          map.put(key, cursor.getValue());
        }
        if (store.getUnsavedMemory() > UNSAVED_BYTES) {
          commit();
        }
      }
    }
    maps.get(Table.ABOUT).put(DONE_KEY, ByteBuffer.allocate(Long.BYTES).putLong(0, upTo).array());
    commit();
    done = upTo;
  }

  /** Writes what changed, and waits until the disk has it. */
  void commit() {
    if (store.hasUnsavedChanges()) {
      store.commit();
      store.sync();
    }
  }

  /**
   * Writes what lives in mostly empty chunks anew, a few megabytes at a time, so that their space
   * can be used again. Chunks are never moved within the file, as the engine could do to make it
   * shorter: rewriting only appends, moving overwrites.
   */
  void compact() {
    if (store.compact(FILL_PERCENT, COMPACT_BYTES)) {
      store.sync();
      commit();
    }
  }

  /**
   * Writes all rows into a new file and puts it in the place of this one, which is not changed.
   *
   * @return the new file
   */
  BaseFile writtenAnew() throws IOException, StoreFailed {
    Path part = path.resolveSibling(path.getFileName() + ".new");
    disk.delete(part);
    BaseFile copy = OpenBase.opened(disk, part, path, cacheMegabytes, List.of());
    try {
      for (Table table : Table.values()) {
        copy.takeAll(table, maps.get(table));
      }
      copy.commit();
      copy.store.sync();
      disk.move(part, path);
      disk.forceNames(path.getParent());
    } catch (IOException | RuntimeException | Error e) {
      copy.abandon();
      disk.delete(part);
      throw e;
    }
    return new BaseFile(disk, path, cacheMegabytes, copy.sealed, copy.store, id);
  }

  private void takeAll(Table table, MVMap<byte[], byte[]> from) {
    Cursor<byte[], byte[]> rows = from.cursor(null);
    while (rows.hasNext()) {
      byte[] key = rows.next();
      maps.get(table).put(key, rows.getValue());
      if (store.getUnsavedMemory() > UNSAVED_BYTES) {
        commit();
      }
    }
  }

  long bytes() {
    return sealed.size();
  }

  /** Closes without writing once nobody reads any more. */
  void retire() {
    readers.acquireUninterruptibly(MOST_READERS);
    abandon();
  }

  /** Waits for those who read, then closes. All is on disk already: giving up loses nothing. */
  void close(BaseView last) throws InterruptedException {
    if (readers.tryAcquire(MOST_READERS, CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
      last.drop();
      store.close();
    } else {
      abandon();
    }
  }

  /** Closes a file that was just made. */
  void closeNew() {
    store.close();
  }

  /** Closes without writing: what is in memory is not to be trusted any more. */
  void abandon() {
    store.closeImmediately();
  }
}
