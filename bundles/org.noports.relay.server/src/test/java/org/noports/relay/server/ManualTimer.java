package org.noports.relay.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time that passes only when a test says so. */
final class ManualTimer implements RelayTimer {
  private static final long PATIENCE_MILLIS = 60_000;

  private final List<Waiting> waiting = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private record Waiting(EventLoop loop, Duration delay, Duration due, Runnable task) {}

  @Override
  public synchronized Alarm after(EventLoop loop, Duration delay, Runnable task) {
    Waiting alarm = new Waiting(loop, delay, now.plus(delay), task);
    waiting.add(alarm);
    notifyAll();
    return () -> stop(alarm);
  }

  private synchronized void stop(Waiting alarm) {
    waiting.removeIf(other -> other == alarm);
    notifyAll();
  }

  /** Waits until exactly so many alarms of that delay are set. */
  synchronized void await(Duration delay, int count) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (set(delay) != count) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(set(delay) + " alarms of " + delay + ", expected " + count);
      }
      wait(left);
    }
  }

  private long set(Duration delay) {
    return waiting.stream().filter(alarm -> alarm.delay().equals(delay)).count();
  }

  /** Lets time pass; what was due has run when this returns. */
  void advance(Duration by) throws Exception {
    List<Waiting> due;
    synchronized (this) {
      now = now.plus(by);
      due =
          waiting.stream()
              .filter(alarm -> alarm.due().compareTo(now) <= 0)
              .sorted(Comparator.comparing(Waiting::due))
              .toList();
      waiting.removeAll(due);
      notifyAll();
    }
    for (Waiting alarm : due) {
      // One that an earlier one has stopped rings all the same: whoever sets alarms must bear that.
      run(alarm);
    }
  }

  private static void run(Waiting alarm) throws InterruptedException {
    try {
      alarm.loop().submit(alarm.task()).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("An alarm failed", e);
    }
  }
}
