package org.noports.store.mvstore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.noports.api.StoreFailed;
import org.noports.store.mvstore.disk.Disk;
import org.noports.store.mvstore.journal.Journal;

/**
 * The open store: the file, the journal before it, and in memory what only the journal has. Used by
 * the commit thread only, but for {@link #latest}.
 *
 * <p>A group of batches changes the tables in memory, goes into the journal with one write and one
 * flush, and only then can be seen. A checkpoint brings it into the file later.
 */
final class OpenStore {
  private static final byte[] FIRST = {};

  /** A heal that finds less room than this would fail again at the next batch. */
  private static final long ROOM_BYTES = 1 << 20;

  private final Disk disk;
  private final Path path;
  private final int cacheMegabytes;
  private final Journal journal;
  private final Live live;
  private BaseFile base;
  private BaseView baseView;
  private Optional<RequestMemory> memory = Optional.empty();
  private volatile View latest;
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private CompletableFuture<Checkpoint.End> running = new CompletableFuture<>();
  private long checkpointNanos = System.nanoTime();

  private OpenStore(Disk disk, BaseFile base, int cacheMegabytes) throws IOException {
    this.disk = disk;
    this.path = base.path();
    this.cacheMegabytes = cacheMegabytes;
    this.base = base;
    this.baseView = base.view();
    this.live = new Live(baseView);
    this.journal = Journal.open(disk, path, base.id(), base.done(), live);
    this.latest = live.view();
  }

  /**
   * Opens or makes the store, and reads the journal from where the file ends.
   *
   * @throws StoreFailed with a sentence that names the file, if that cannot be
   */
  static OpenStore open(Disk disk, Path path, int cacheMegabytes) throws StoreFailed {
    BaseFile base = OpenBase.open(disk, path, cacheMegabytes, List.of());
    try {
      return new OpenStore(disk, base, cacheMegabytes);
    } catch (IOException e) {
      base.abandon();
      throw new StoreFailed(Sentences.failure(path, e), e);
    } catch (RuntimeException e) {
      base.abandon();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  View latest() {
    return latest;
  }

  long fileBytes() {
    return base.bytes();
  }

  /** Whether a checkpoint is under way, or failed and waits. */
  boolean isTakingOver() {
    return checkpoint.isPresent();
  }

  void cacheMegabytes(int megabytes) {
    base.cacheMegabytes(megabytes);
  }

  Edit edit(Instant now, Settings settings) {
    if (memory.isEmpty()) {
      memory = Optional.of(new RequestMemory(live.from(Table.REQUESTS, FIRST)));
    }
    return new Edit(live, memory.get(), now, settings);
  }

  /**
   * Keeps what was edited: when this returns the disk has it and readers see it.
   *
   * @throws IOException if it was not; whether the disk has it is open until {@link #heal}
   */
  void keep() throws IOException {
    if (!live.record().isEmpty()) {
      journal.append(live.record());
      live.record().clear();
      latest = live.view();
    }
  }

  /** Forgets what was edited and not kept. */
  void undo() {
    live.undo(latest);
    memory = Optional.empty();
  }

  /** Begins a new segment of the journal, behind whatever a failed write left. */
  void heal() throws IOException {
    if (disk.room(path.getParent()) < ROOM_BYTES) {
      throw new IOException("No space left on device");
    }
    journal.turn();
    // The segment that failed should not be needed for long.
    checkpointNanos = System.nanoTime() - Long.MAX_VALUE / 2;
  }

  /** Whether so much is only in the journal that nothing more may come before a checkpoint. */
  boolean isFull(Settings settings) {
    return checkpoint.isPresent() && journal.bytes() > 2 * settings.journalBytes();
  }

  /** Whether memory or journal are full enough, or old enough, for a checkpoint. */
  boolean isDue(Settings settings) {
    boolean old = System.nanoTime() - checkpointNanos > settings.checkpoints().toNanos();
    return checkpoint.isEmpty()
        && live.isAhead()
        && (old || journal.bytes() > settings.journalBytes());
  }

  /**
   * Begins a checkpoint, or tries again the one that failed; {@code ended} is called at its end.
   */
  void checkpoint(Executor executor, boolean anew, Runnable ended) throws IOException {
    checkpointNanos = System.nanoTime();
    if (checkpoint.isEmpty()) {
      long bytes = journal.bytes();
      List<Path> segments = journal.turn();
      checkpoint = Optional.of(new Checkpoint(live.freeze(), journal.last(), bytes, segments));
    }
    running = checkpoint.get().run(base, anew, executor);
    running.thenRun(ended);
  }

  /** Waits for the end of a checkpoint that is under way. */
  void await() {
    if (checkpoint.isPresent()) {
      running.join();
    }
  }

  /**
   * Looks whether a checkpoint has ended, and shows readers the newer file.
   *
   * @return why it failed, if it did
   * @throws StoreFailed if the file could not be opened again
   */
  Optional<Throwable> checkpointFailure() throws StoreFailed, IOException {
    if (checkpoint.isEmpty() || !running.isDone()) {
      return Optional.empty();
    }
    Checkpoint.End end = running.join();
    BaseView before = baseView;
    if (end.broken()) {
      base.abandon();
      base = OpenBase.open(disk, path, cacheMegabytes, base.doubts());
      running =
          CompletableFuture.completedFuture(Checkpoint.End.failed(end.failure().get(), false));
    }
    Optional<BaseFile> retired = end.successor().map(successor -> base);
    base = end.successor().orElse(base);
    baseView = base.view();
    List<Path> segments = List.of();
    if (base.done() < checkpoint.get().upTo()) {
      live.rebase(baseView);
    } else {
      live.thaw(baseView);
      segments = checkpoint.get().segments();
      checkpoint = Optional.empty();
    }
    latest = live.view();
    before.drop();
    retired.ifPresent(old -> new Thread(old::retire, "noports-store-retired").start());
    journal.drop(segments);
    return end.failure();
  }

  /** Whether a checkpoint failed and is to be tried again. */
  boolean isCheckpointDue() {
    return checkpoint.isPresent() && running.isDone();
  }

  /**
   * Brings all into the file and closes it. All is on disk already: giving up loses nothing.
   *
   * @throws IOException if the journal is still needed
   */
  void close() throws IOException, StoreFailed, InterruptedException {
    await();
    checkpointFailure();
    while (live.isAhead()) {
      checkpoint(Runnable::run, false, () -> {});
      Optional<Throwable> failure = checkpointFailure();
      if (failure.isPresent()) {
        throw new IOException(failure.get());
      }
    }
    base.close(baseView);
    journal.end();
  }

  /** Closes without writing: what is in memory is not to be trusted any more. */
  void abandon() {
    await();
    journal.close();
    base.abandon();
  }
}
