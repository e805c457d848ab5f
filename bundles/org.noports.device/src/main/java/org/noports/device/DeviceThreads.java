package org.noports.device;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one device: one for its own work, so that nothing of it needs a lock or holds up
 * an I/O loop, and a few for policy evaluators, which may be anybody's code.
 *
 * @param own admits, answers, announces
 * @param evaluators run policy evaluators; what does not fit is refused
 */
record DeviceThreads(ScheduledThreadPoolExecutor own, ThreadPoolExecutor evaluators)
    implements AutoCloseable {
  private static final int EVALUATORS = 4;
  private static final int WAITING = 256;

  static DeviceThreads start() {
    ScheduledThreadPoolExecutor own = new ScheduledThreadPoolExecutor(1, named("noports-device"));
    own.setRemoveOnCancelPolicy(true);
    ThreadPoolExecutor evaluators =
        new ThreadPoolExecutor(
            EVALUATORS,
            EVALUATORS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            named("noports-device-policy"));
    evaluators.allowCoreThreadTimeOut(true);
    return new DeviceThreads(own, evaluators);
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    own.shutdownNow();
    evaluators.shutdownNow();
  }
}
