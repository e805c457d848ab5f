package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.atserver.host.record.CommitLog;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.verb.NotificationJson;

/**
 * Tells an atSign's monitors how far its changes have come, so that devices know when to sync:
 * after each change, and regularly, since another process may share the store (atprotocol.md 4.4).
 *
 * <p>Changes in quick succession are told as one: a later commit says all that an earlier one did.
 * Nothing runs while nobody listens.
 */
final class ChangeTicker {
  private final AtSign self;
  private final Records records;
  private final CommitLog commits;
  private final Monitors monitors;
  private final ScheduledExecutorService serial;
  private final Supplier<Optional<Duration>> interval;
  private final AtomicLong latest = new AtomicLong();
  private final AtomicBoolean due = new AtomicBoolean();
  private Optional<Future<?>> timer = Optional.empty();
  private boolean closed;

  /**
   * A ticker at rest.
   *
   * @param interval how often it ticks; empty for never, and then changes are not told either
   */
  ChangeTicker(
      Records records,
      CommitLog commits,
      Monitors monitors,
      AtSign self,
      ScheduledExecutorService serial,
      Supplier<Optional<Duration>> interval) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.commits = requireNonNull(commits, "commits is null");
    this.monitors = requireNonNull(monitors, "monitors is null");
    this.serial = requireNonNull(serial, "serial is null");
    this.interval = requireNonNull(interval, "interval is null");
  }

  /** Something was committed. Returns at once; any thread. */
  void changed(long commit) {
    latest.accumulateAndGet(commit, Math::max);
    if (monitors.listened() && interval.get().isPresent() && due.compareAndSet(false, true)) {
      run(this::tell);
    }
  }

  /** Somebody listens. */
  void wake() {
    run(this::schedule);
  }

  void close() {
    run(
        () -> {
          closed = true;
          timer.ifPresent(running -> running.cancel(false));
        });
  }

  private void run(Runnable task) {
    try {
      serial.execute(task);
    } catch (RejectedExecutionException e) {
      // The host is stopping, and its monitors with it.
      due.set(false);
    }
  }

  private void tell() {
    due.set(false);
    long now = records.now().toEpochMilli();
    monitors.tell(NotificationJson.stats(self, latest.get(), now));
  }

  private void schedule() {
    Optional<Duration> wait = interval.get();
    if (!closed && timer.isEmpty() && wait.isPresent()) {
      timer =
          Optional.of(serial.schedule(this::tick, wait.get().toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  private void tick() {
    timer = Optional.empty();
    if (closed || !monitors.listened()) {
      return;
    }
    schedule();
    if (records.storeIsHere()) {
      commits
          .last()
          .thenAccept(
              last -> {
                latest.accumulateAndGet(last, Math::max);
                run(this::tell);
              });
    }
  }
}
