package org.noports.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.noports.api.audit.AuditEntry;
import org.noports.api.audit.AuditEvent;
import org.noports.api.health.Health;
import org.noports.audit.chain.ChainEvents;
import org.noports.audit.chain.ChainHead;

/**
 * The one thread that writes: takes all that waits, appends it, flushes once. What cannot be
 * written is tried again each second; meanwhile events wait, and beyond a bound they are counted as
 * lost, which the file says as soon as it can be written again.
 */
final class EventWriter implements Runnable {
  static final int MOST_WAITING = 10_000;

  private static final int MOST_AT_ONCE = 1000;
  private static final long RETRY_MILLIS = 1000;
  private static final long STOP_MILLIS = 5000;

  /** Ends a wait for events; never written. */
  private static final AuditEvent WAKE = new AuditEvent(Instant.EPOCH, "wake", Map.of());

  private final BlockingQueue<AuditEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong lost = new AtomicLong();
  private final Clock clock;
  private final Thread thread = new Thread(this, "noports-audit");
  private final CheckpointKey keys;
  private final CurrentFile file;
  private volatile Optional<Written> written = Optional.empty();
  private volatile long stopBy = Long.MAX_VALUE;

  EventWriter(Settings settings, CheckpointKey keys, Clock clock, Consumer<AuditEntry> listener) {
    this.keys = keys;
    this.file = new CurrentFile(settings, keys, clock, listener);
    this.clock = clock;
    thread.start();
  }

  /**
   * How far a file is written.
   *
   * @param file which
   * @param bytes what is behind them may be the beginning of a line
   * @param head the last line
   */
  record Written(Path file, long bytes, ChainHead head) {}

  void add(AuditEvent event) {
    if (!waiting.offer(event)) {
      lost.incrementAndGet();
    }
  }

  void settings(Settings changed) {
    file.settings(changed);
  }

  @Override
  public void run() {
    List<AuditEvent> group = new ArrayList<>();
    while (!stopping() || (!(group.isEmpty() && waiting.isEmpty()) && !overdue())) {
      fill(group);
      if (write(group)) {
        group.clear();
      } else {
        pause();
      }
    }
    lost.addAndGet(group.size() + (long) waiting.size());
    if (lost.get() > 0) {
      AuditLog.lost(lost.get());
    }
    file.finish();
  }

  private void fill(List<AuditEvent> group) {
    try {
      AuditEvent first =
          group.isEmpty() && !stopping() ? waiting.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS) : null;
      if (first != null) {
        group.add(first);
      }
    } catch (InterruptedException e) {
      // Nobody of ours interrupts: it would close the file in the middle of a write.
      AuditLog.interrupted();
    }
    waiting.drainTo(group, Math.max(0, MOST_AT_ONCE - group.size()));
    group.removeIf(event -> event == WAKE);
  }

  /** Whether all is on disk. */
  private boolean write(List<AuditEvent> group) {
    long gap = lost.get();
    try {
      EventChain chain = file.get();
      if (!group.isEmpty() || gap > 0) {
        chain.append(with(group, gap));
      }
      lost.addAndGet(-gap);
      // What is on the disk is not to be written again because something after it fails.
      group.clear();
      chain.checkpointIfDue();
      written = Optional.of(new Written(chain.path(), chain.size(), chain.head()));
      file.works();
      return true;
    } catch (IOException e) {
      written = Optional.empty();
      file.failed(e);
      return false;
    }
  }

  private List<AuditEvent> with(List<AuditEvent> group, long gap) {
    if (gap == 0) {
      return group;
    }
    List<AuditEvent> all = new ArrayList<>(group);
    all.add(ChainEvents.of(clock.instant(), ChainEvents.GAP, "lost", gap));
    return all;
  }

  private synchronized void pause() {
    try {
      wait(stopping() ? RETRY_MILLIS / 10 : RETRY_MILLIS);
    } catch (InterruptedException e) {
      AuditLog.interrupted();
    }
  }

  private boolean stopping() {
    return stopBy != Long.MAX_VALUE;
  }

  private boolean overdue() {
    return System.nanoTime() - stopBy > 0;
  }

  /** Writes what waits, as far as that is possible within seconds, and ends. */
  void close() {
    stopBy = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    waiting.offer(WAKE);
    synchronized (this) {
      notifyAll();
    }
    try {
      thread.join(2 * STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is on the disk now; empty before the first line. */
  Optional<Written> written() {
    return written;
  }

  /** The last checkpoint that is known beside the key. */
  Optional<ChainHead> checkpoint() {
    return file.checkpoint();
  }

  Path path() {
    return file.path();
  }

  /** Why events cannot be kept. */
  Optional<String> trouble() {
    return file.trouble();
  }

  Health health() {
    long gone = lost.get();
    if (file.trouble().isPresent()) {
      return Health.down(
          file.trouble().get()
              + "; "
              + waiting.size()
              + " events wait"
              + (gone > 0 ? ", " + gone + " are lost" : ""));
    }
    if (gone > 0) {
      return Health.degraded("Events come faster than the disk takes them; " + gone + " are lost");
    }
    return file.refused()
        .or(
            () ->
                keys.missing()
                    .map(why -> "Events are kept, but not signed as they should be: " + why))
        .map(Health::degraded)
        .orElseGet(() -> Health.ok("Keeps events in " + file.path()));
  }
}
