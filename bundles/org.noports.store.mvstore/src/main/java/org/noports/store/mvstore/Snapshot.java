package org.noports.store.mvstore;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVStore;

/**
 * All maps as they were at one durable commit: what readers see.
 *
 * <p>While anybody reads, the engine is told that this version is in use, so that its pages are not
 * written over however long the read takes. Reads never see what a power cut could still undo.
 */
final class Snapshot {
  final Rows spaces;
  final Rows entries;
  final Rows log;
  final Rows due;
  final Rows queue;

  private final MVStore store;
  private final Semaphore readers;
  private final MVStore.TxCounter version;

  /** Readers, and one for being the latest. */
  private final AtomicInteger users = new AtomicInteger(1);

  Snapshot(MVStore store, Tables tables, Semaphore readers) {
    this.store = store;
    this.readers = readers;
    this.version = store.registerVersionUsage();
    this.spaces = Rows.now(tables.spaces());
    this.entries = Rows.now(tables.entries());
    this.log = Rows.now(tables.log());
    this.due = Rows.now(tables.due());
    this.queue = Rows.now(tables.queue());
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
