package org.noports.cipher.catalogue;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The catalogue's own thread, for what must not keep the thread that brought it: one, in order, and
 * only while there is something to do.
 */
final class Work implements Executor, AutoCloseable {
  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Work::thread);

  Work() {
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "noports-cipher-catalogue");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      // The catalogue is being stopped: nobody is there for whom it would matter.
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
