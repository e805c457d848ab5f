package org.noports.atserver.host;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * One atSign's share of the workers: however much it wants done, it stands in their queue with a
 * few tasks only, so that others come next. Thread-safe.
 */
final class WorkerShare implements Executor {
  private final Executor workers;
  private final int most;
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private int queued;

  /**
   * Nothing to do yet.
   *
   * @param most tasks that may stand in the queue or run at a time
   */
  WorkerShare(Executor workers, int most) {
    this.workers = requireNonNull(workers, "workers is null");
    this.most = most;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      tasks.add(task);
      if (queued == most) {
        return;
      }
      queued++;
    }
    workers.execute(this::turn);
  }

  private void turn() {
    try {
      next().run();
    } finally {
      if (another()) {
        workers.execute(this::turn);
      }
    }
  }

  private synchronized Runnable next() {
    return tasks.remove();
  }

  private synchronized boolean another() {
    boolean more = tasks.size() >= queued;
    if (!more) {
      queued--;
    }
    return more;
  }
}
