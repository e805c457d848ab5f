package org.noports.client;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The client's threads: two that sign, cut keys and wait for the next try, so that no I/O loop
 * does.
 *
 * @param work runs what takes a millisecond or more
 */
record ClientThreads(ScheduledThreadPoolExecutor work) implements AutoCloseable {
  private static final int THREADS = 2;

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

  @Override
  public void close() {
    work.shutdownNow();
  }
}
