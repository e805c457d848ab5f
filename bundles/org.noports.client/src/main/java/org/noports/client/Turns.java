package org.noports.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Lets so many be under way at once; all others wait for their turn, first come, first served. What
 * takes a session's link takes that of all its client's sessions: a thousand that ask for another
 * at the same moment overrun what answers them, and none would have one in time. Thread-safe.
 */
final class Turns {
  private final int atOnce;
  private final Executor work;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * @param work begins those that had to wait
   */
  Turns(int atOnce, Executor work) {
    this.atOnce = atOnce;
    this.work = work;
  }

  /** Begins it, now or when it is its turn; completes as it does. */
  <T> CompletionStage<T> take(Supplier<CompletionStage<T>> task) {
    var result = new CompletableFuture<T>();
    Runnable begin = () -> begin(task, result);
    synchronized (waiting) {
      if (underWay >= atOnce) {
        waiting.add(begin);
        return result;
      }
      underWay++;
    }
    begin.run();
    return result;
  }

  private <T> void begin(Supplier<CompletionStage<T>> task, CompletableFuture<T> result) {
    task.get()
        .whenComplete(
            (value, failure) -> {
              next();
              if (failure != null) {
                result.completeExceptionally(Step.cause(failure));
              } else {
                result.complete(value);
              }
            });
  }

  private void next() {
    Runnable first;
    synchronized (waiting) {
      first = waiting.poll();
      if (first == null) {
        underWay--;
        return;
      }
    }
    try {
      work.execute(first);
    } catch (RejectedExecutionException e) {
      // The client is being stopped, and with it whatever waits here.
    }
  }
}
