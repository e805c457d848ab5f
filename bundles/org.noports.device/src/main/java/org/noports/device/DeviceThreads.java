package org.noports.device;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one device: one for its own work, so that nothing of it needs a lock or holds up
 * an I/O loop, and a few each for what may take its time: policy evaluators, which may be anybody's
 * code, name servers, and the disk under requests for access, which many may make.
 *
 * @param own admits, answers, announces
 * @param evaluators run policy evaluators; what does not fit is refused
 * @param lookUps wait for name servers
 * @param desk lay requests for access where they wait; what does not fit is refused
 */
record DeviceThreads(
    ScheduledThreadPoolExecutor own,
    ThreadPoolExecutor evaluators,
    ThreadPoolExecutor lookUps,
    ThreadPoolExecutor desk)
    implements AutoCloseable {
  private static final int MOST = 4;
  private static final int WAITING = 256;

  static DeviceThreads start() {
    ScheduledThreadPoolExecutor own = new ScheduledThreadPoolExecutor(1, named("noports-device"));
    own.setRemoveOnCancelPolicy(true);
    return new DeviceThreads(
        own, few("noports-device-policy"), few("noports-device-names"), few("noports-device-desk"));
  }

  /**
   * A few threads for code that may be anybody's, gone when it is idle; what does not fit is
   * refused.
   */
  static ThreadPoolExecutor few(String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), named(name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      // Whoever made it necessary is not held by it.
      thread.setContextClassLoader(DeviceThreads.class.getClassLoader());
      return thread;
    };
  }

  @Override
  public void close() {
    own.shutdownNow();
    evaluators.shutdownNow();
    lookUps.shutdownNow();
    desk.shutdownNow();
  }
}
