package org.noports.client;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The client's threads: two that sign, cut keys and wait for the next try, so that no I/O loop
 * does.
 *
 * @param work runs what takes a millisecond or more
 */
record ClientThreads(ScheduledThreadPoolExecutor work) implements AutoCloseable {
  private static final int THREADS = 2;

  /** Enough to keep every processor on the way busy; each has five questions out at most. */
  private static final int AT_ONCE = 16;

  /** By then a handshake that is not through waits for somebody, who may be gone. */
  private static final long LONG_SECONDS = 2;

  static ClientThreads start() {
    ScheduledThreadPoolExecutor work =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "noports-client");
              thread.setDaemon(true);
              return thread;
            });
    work.setRemoveOnCancelPolicy(true);
    return new ClientThreads(work);
  }

  /** For handshakes that begin all at once. */
  Turns turns() {
    return new Turns(
        AT_ONCE, work, turnOver -> work.schedule(turnOver, LONG_SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    work.shutdownNow();
  }
}
