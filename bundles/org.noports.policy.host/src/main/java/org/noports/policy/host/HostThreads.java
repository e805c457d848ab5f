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
    ThreadPoolExecutor evaluators =
        new ThreadPoolExecutor(
            EVALUATORS,
            EVALUATORS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            named("noports-policy-host-evaluator"));
    evaluators.allowCoreThreadTimeOut(true);
    return new HostThreads(
        new ScheduledThreadPoolExecutor(1, named("noports-policy-host")), evaluators);
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
