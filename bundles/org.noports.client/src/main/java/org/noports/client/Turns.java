package org.noports.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets so many be under way at once; all others wait for their turn, first come, first served. What
 * takes a session's link takes that of all its client's sessions, and all named tunnels are opened
 * when the client starts: a thousand that ask at the same moment overrun what answers them, and
 * none would have its answer in time. A turn is over when its task is, or when that takes long:
 * then it waits for somebody, and keeps nobody busy. Thread-safe.
 */
final class Turns {
  private final int atOnce;
  private final Executor work;
  private final Consumer<Runnable> whenLong;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * @param work begins those that had to wait
   * @param whenLong runs what it is given once a task has taken long
   */
  Turns(int atOnce, Executor work, Consumer<Runnable> whenLong) {
    this.atOnce = atOnce;
    this.work = work;
    this.whenLong = whenLong;
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
    var over = new AtomicBoolean();
    Runnable turnOver =
        () -> {
          if (!over.getAndSet(true)) {
            next();
          }
        };
    late(turnOver);
    begun(task)
        .whenComplete(
            (value, failure) -> {
              turnOver.run();
              if (failure != null) {
                result.completeExceptionally(Step.cause(failure));
              } else {
                result.complete(value);
              }
            });
  }

  private void late(Runnable turnOver) {
    try {
      whenLong.accept(turnOver);
    } catch (RejectedExecutionException e) {
      // The client is being stopped, and the task will hear of it.
    }
  }

  private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> task) {
    try {
      return task.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
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
