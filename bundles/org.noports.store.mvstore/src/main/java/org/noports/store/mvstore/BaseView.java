package org.noports.store.mvstore;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The file's tables as they were at one checkpoint.
 *
 * <p>While anybody reads, the engine is told that this version is in use, so that its pages are not
 * written over however long the read takes.
 */
final class BaseView {
  private final MVStore store;
  private final Semaphore readers;
  private final MVStore.TxCounter version;
  private final Map<Table, Rows.Sheet> sheets = new EnumMap<>(Table.class);

  /** Readers, and one for being the latest. */
  private final AtomicInteger users = new AtomicInteger(1);

  BaseView(MVStore store, Map<Table, MVMap<byte[], byte[]>> maps, Semaphore readers) {
    this.store = store;
    this.readers = readers;
    this.version = store.registerVersionUsage();
    maps.forEach((table, map) -> sheets.put(table, Rows.Sheet.now(map)));
  }

  Rows.Sheet sheet(Table table) {
    return sheets.get(table);
  }

  /** Takes it for reading; false if it was replaced meanwhile, or the file is being closed. */
  boolean take() {
    if (!readers.tryAcquire()) {
      return false;
    }
    int now = users.get();
    while (now > 0) {
      if (users.compareAndSet(now, now + 1)) {
        return true;
      }
      now = users.get();
    }
    readers.release();
    return false;
  }

  /** Lets go of what {@link #take} took. */
  void release() {
    drop();
    readers.release();
  }

  /** It is no longer the latest. */
  void drop() {
    if (users.decrementAndGet() == 0 && !store.isClosed()) {
      store.deregisterVersionUsage(version);
    }
  }
}
