package org.noports.relay.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs a task on a loop after a while. Tests bring one that they move by hand. */
@FunctionalInterface
interface RelayTimer {
  /** The loops' own timer. */
  RelayTimer OF_LOOPS =
      (loop, delay, task) -> {
        Future<?> scheduled = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      };

  /** Runs {@code task} once on {@code loop}, unless it is stopped before. */
  Alarm after(EventLoop loop, Duration delay, Runnable task);

  /** A task that waits. */
  @FunctionalInterface
  interface Alarm {
    /** An alarm that never rings. */
    Alarm NONE = () -> {};

    void stop();
  }
}
