package org.noports.policy.host;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a policy service.
 *
 * @param own hears and answers
 * @param evaluators run evaluators, which may be anybody's code; what does not fit is a no
 */
record HostThreads(ScheduledThreadPoolExecutor own, ThreadPoolExecutor evaluators)
    implements AutoCloseable {
  private static final int EVALUATORS = 4;
  private static final int WAITING = 1000;

  static HostThreads start() {
    return new HostThreads(
        new ScheduledThreadPoolExecutor(1, named("noports-policy-host")),
        few("noports-policy-host-evaluator"));
  }

  /** For code that may be anybody's; gone when it is idle. What does not fit is refused. */
  static ThreadPoolExecutor few(String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            EVALUATORS,
            EVALUATORS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            named(name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      // Whoever made it necessary is not held by it.
      thread.setContextClassLoader(HostThreads.class.getClassLoader());
      return thread;
    };
  }

  @Override
  public void close() {
    own.shutdownNow();
    evaluators.shutdownNow();
  }
}
