package org.noports.store.mvstore;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStoreException;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;

/**
 * The file that is open now, if any: opens it, follows a changed setting, closes it when writing
 * failed and tries again until it works. Changed by the commit thread only; read by all.
 */
final class OpenFile {
  private static final long FIRST_OPEN_SECONDS = 30;

  private final CountDownLatch tried = new CountDownLatch(1);
  private volatile Optional<StoreFile> open = Optional.empty();
  private volatile Optional<StoreFailed> failure = Optional.empty();
  private volatile Optional<String> refused = Optional.empty();
  private volatile boolean ended;
  private boolean flushFailed;
  private Settings seen;
  private volatile Settings settings;

  /**
   * Opens the file that {@code wanted} names, if it is not the open one. One that cannot be opened
   * changes nothing but the health: an open store is not given up for a mistyped path.
   */
  void follow(Settings wanted) {
    if (wanted.equals(seen)) {
      return;
    }
    seen = wanted;
    refused = Optional.empty();
    if (open.isEmpty()) {
      settings = wanted;
      flushFailed = false;
      open();
    } else if (!settings.file().equals(wanted.file())) {
      move(wanted);
    } else {
      settings = wanted;
      open.get().cacheMegabytes(wanted.cacheMegabytes());
    }
  }

  private void move(Settings wanted) {
    Optional<StoreFile> old = open;
    try {
      open = Optional.of(StoreFile.open(wanted.file(), wanted.cacheMegabytes()));
    } catch (StoreFailed e) {
      StoreLog.down(e.getMessage());
      refused = Optional.of(e.getMessage() + "; until then " + settings.file() + " stays in use");
      return;
    }
    settings = wanted;
    StoreLog.opened(wanted.file());
    shut(old);
  }

  /** A snapshot, taken; to be released. */
  Snapshot take() throws StoreFailed {
    awaitFirstOpen();
    while (true) {
      Snapshot latest = open.orElseThrow(this::why).latest();
      if (latest.take()) {
        return latest;
      }
      Thread.onSpinWait();
    }
  }

  private void awaitFirstOpen() throws StoreFailed {
    try {
      if (!tried.await(FIRST_OPEN_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreFailed("The store is still being opened; try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed("The store was stopped while it was being read", e);
    }
  }

  StoreFile writable() throws StoreFailed {
    if (open.isEmpty()) {
      open();
    }
    return open.orElseThrow(this::why);
  }

  void works() {
    if (failure.isPresent()) {
      failure = Optional.empty();
      StoreLog.healed(settings.file());
    }
  }

  /** Closes the file without writing; what is on disk is what counts from now on. */
  StoreFailed broke(Throwable cause) {
    flushFailed = cause instanceof UncheckedIOException;
    StoreFailed broken =
        flushFailed
            ? new StoreFailed(
                "The disk did not confirm what was written to "
                    + settings.file()
                    + "; check the disk, then restart the store",
                cause)
            : new StoreFailed(StoreFile.sentence(settings.file(), cause), cause);
    fail(broken);
    open.ifPresent(StoreFile::abandon);
    open = Optional.empty();
    return broken;
  }

  /** Tries again what failed. */
  void heal() {
    if (failure.isEmpty()) {
      return;
    }
    try {
      writable().probe(System.nanoTime());
      works();
    } catch (StoreFailed e) {
      fail(e);
    } catch (RuntimeException e) {
      broke(e);
    }
  }

  void compact() {
    try {
      open.ifPresent(StoreFile::compact);
    } catch (RuntimeException e) {
      broke(e);
    }
  }

  private void open() {
    if (flushFailed) {
      // What the disk holds is unknown; going on could build on what is not there.
      return;
    }
    try {
      open = Optional.of(StoreFile.open(settings.file(), settings.cacheMegabytes()));
      StoreLog.opened(settings.file());
    } catch (StoreFailed e) {
      fail(e);
    } finally {
      tried.countDown();
    }
  }

  private void fail(StoreFailed why) {
    if (!failure.map(Throwable::getMessage).equals(Optional.of(why.getMessage()))) {
      StoreLog.down(why.getMessage());
    }
    failure = Optional.of(why);
  }

  void close() {
    Optional<StoreFile> last = open;
    open = Optional.empty();
    shut(last);
    ended = true;
    tried.countDown();
  }

  boolean ended() {
    return ended;
  }

  private static void shut(Optional<StoreFile> old) {
    if (old.isEmpty()) {
      return;
    }
    try {
      old.get().close();
    } catch (InterruptedException e) {
      old.get().abandon();
      Thread.currentThread().interrupt();
    } catch (MVStoreException e) {
      StoreLog.closeFailed(old.get().path(), e);
      old.get().abandon();
    }
    StoreLog.closed(old.get().path());
  }

  private StoreFailed why() {
    return new StoreFailed(
        failure.map(Throwable::getMessage).orElse("The store is not open; try again"),
        failure.orElse(null));
  }

  Health health() {
    if (failure.isPresent()) {
      return Health.down(failure.get().getMessage());
    }
    if (refused.isPresent()) {
      return Health.degraded(refused.get());
    }
    return open.map(file -> Health.ok("The store " + file.path() + " is open"))
        .orElseGet(() -> Health.degraded("The store is being opened"));
  }
}
