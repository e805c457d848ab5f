package org.noports.store.mvstore;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.store.StoreReport;
import org.noports.store.mvstore.disk.Disk;

/**
 * The store that is open now, if any: opens it, follows a changed setting, and tries again what
 * failed until it works. Changed by the commit thread only; read by all.
 */
final class OpenFile {
  private static final long FIRST_OPEN_SECONDS = 30;

  private final Disk disk;
  private final Executor checkpoints;
  private final CountDownLatch tried = new CountDownLatch(1);
  private volatile Optional<OpenStore> open = Optional.empty();
  private volatile Optional<StoreFailed> failure = Optional.empty();
  private volatile Optional<String> refused = Optional.empty();
  private volatile Optional<String> warning = Optional.empty();
  private final Compactions compactions = new Compactions();
  private volatile boolean ended;
  private Settings seen;
  private volatile Settings settings;

  OpenFile(Disk disk, Executor checkpoints) {
    this.disk = disk;
    this.checkpoints = checkpoints;
  }

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
      tryOpen();
    } else if (!settings.file().equals(wanted.file())) {
      move(wanted);
    } else {
      settings = wanted;
      open.get().cacheMegabytes(wanted.cacheMegabytes());
    }
  }

  private void move(Settings wanted) {
    Optional<OpenStore> old = open;
    try {
      open = Optional.of(OpenStore.open(disk, wanted.file(), wanted.cacheMegabytes()));
    } catch (StoreFailed e) {
      StoreLog.down(e.getMessage());
      refused = Optional.of(e.getMessage() + "; until then " + settings.file() + " stays in use");
      return;
    }
    settings = wanted;
    StoreLog.opened(wanted.file());
    old.ifPresent(OpenFile::shut);
  }

  /** What readers see now, if it is open. */
  Optional<View> open() {
    return open.map(OpenStore::latest);
  }

  /** What readers see now, once it is open. */
  View latest() throws StoreFailed {
    try {
      if (!tried.await(FIRST_OPEN_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreFailed("The store is still being opened; try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed("The store was stopped while it was being read", e);
    }
    return open.orElseThrow(this::why).latest();
  }

  /** What is to be edited; not while writing is known to fail. */
  OpenStore writable() throws StoreFailed {
    if (failure.isPresent()) {
      throw why();
    }
    OpenStore store = open.orElseThrow(this::why);
    if (store.isFull(settings)) {
      throw new StoreFailed(warning.orElse("The store has more to write than it can hold"));
    }
    return store;
  }

  /**
   * Writing failed: the group is forgotten, and nothing more is taken until {@link #heal} has begun
   * anew behind it. What was kept can still be read.
   */
  StoreFailed broke(Throwable cause) {
    StoreFailed broken = failed(cause);
    fail(broken);
    open.ifPresent(OpenStore::undo);
    return broken;
  }

  boolean isDown() {
    return failure.isPresent();
  }

  /** Whether it is open, and nothing is known to be wrong with it; any thread. */
  boolean isSound() {
    return open.isPresent() && failure.isEmpty() && warning.isEmpty();
  }

  /** Tries again what failed. */
  void heal() {
    if (failure.isEmpty()) {
      return;
    }
    if (open.isEmpty()) {
      tryOpen();
      return;
    }
    try {
      open.get().heal();
      works();
    } catch (IOException | RuntimeException e) {
      fail(failed(e));
    }
  }

  /**
   * Follows checkpoints: ends one that is done, begins one that is due.
   *
   * @param idle whether this is a moment to try again one that failed
   * @param ended called when one ends
   */
  void checkpoint(boolean idle, Runnable ended) {
    if (open.isEmpty() || failure.isPresent()) {
      return;
    }
    OpenStore store = open.get();
    try {
      if (store.isFull(settings)) {
        store.await();
      }
      collect(store);
      boolean retry = store.isCheckpointDue() && (idle || store.isFull(settings));
      boolean anew = !store.isTakingOver() && compactions.begin(store.fileBytes());
      if (anew || retry || store.isDue(settings)) {
        store.checkpoint(checkpoints, anew, ended);
        collect(store);
      }
    } catch (StoreFailed e) {
      fail(e);
    } catch (IOException | RuntimeException e) {
      fail(failed(e));
    }
  }

  /** Asks for the file to be written anew, without what is not used. */
  CompletionStage<StoreReport> compact() {
    return compactions.ask();
  }

  private void collect(OpenStore store) throws IOException, StoreFailed {
    Optional<Throwable> failed = store.checkpointFailure();
    failed.ifPresent(this::warn);
    if (failed.isEmpty() && !store.isTakingOver()) {
      warning = Optional.empty();
    }
    if (failed.isPresent() || !store.isTakingOver()) {
      compactions.end(failed.map(this::failed), store.fileBytes());
    }
  }

  private StoreFailed failed(Throwable cause) {
    return new StoreFailed(Sentences.failure(settings.file(), cause), cause);
  }

  private void warn(Throwable why) {
    String sentence = Sentences.checkpoint(settings.file(), why);
    if (!warning.equals(Optional.of(sentence))) {
      StoreLog.checkpointFailed(sentence);
    }
    warning = Optional.of(sentence);
  }

  private void tryOpen() {
    try {
      open = Optional.of(OpenStore.open(disk, settings.file(), settings.cacheMegabytes()));
      StoreLog.opened(settings.file());
      works();
    } catch (StoreFailed e) {
      fail(e);
    } finally {
      tried.countDown();
    }
  }

  private void works() {
    if (failure.isPresent()) {
      failure = Optional.empty();
      StoreLog.healed(settings.file());
    }
  }

  private void fail(StoreFailed why) {
    if (!failure.map(Throwable::getMessage).equals(Optional.of(why.getMessage()))) {
      StoreLog.down(why.getMessage());
    }
    failure = Optional.of(why);
  }

  void close() {
    Optional<OpenStore> last = open;
    open = Optional.empty();
    last.ifPresent(OpenFile::shut);
    ended = true;
    compactions.close();
    tried.countDown();
  }

  boolean ended() {
    return ended;
  }

  private static void shut(OpenStore old) {
    try {
      old.close();
    } catch (InterruptedException e) {
      old.abandon();
      Thread.currentThread().interrupt();
    } catch (IOException | StoreFailed | RuntimeException e) {
      StoreLog.closeFailed(old.path(), e);
      old.abandon();
    }
    StoreLog.closed(old.path());
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
    Optional<String> trouble = refused.or(() -> warning);
    if (trouble.isPresent()) {
      return Health.degraded(trouble.get());
    }
    return open.map(file -> Health.ok("The store " + file.path() + " is open"))
        .orElseGet(() -> Health.degraded("The store is being opened"));
  }
}
