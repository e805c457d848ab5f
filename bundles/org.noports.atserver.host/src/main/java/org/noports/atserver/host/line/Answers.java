package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.noports.atserver.host.verb.Answer;

/**
 * The answers that a connection still owes, in the order of their commands. Commands that may be
 * under way together are waited for together, so that one force of the disk serves all of them.
 * Belongs to the connection's loop.
 */
final class Answers {
  /** Bounds what one connection can have waiting in the store. */
  private static final int MOST = 1024;

  private final Executor loop;
  private final Consumer<Answer> say;
  private final Deque<CompletableFuture<Answer>> owed = new ArrayDeque<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> none = CompletableFuture.completedFuture(null);

  /**
   * For one connection.
   *
   * @param loop where {@code say} is called
   */
  Answers(Executor loop, Consumer<Answer> say) {
    this.loop = requireNonNull(loop, "loop is null");
    this.say = requireNonNull(say, "say is null");
  }

  /** Completes when nothing is owed. */
  CompletionStage<Void> none() {
    return none;
  }

  /**
   * An answer that will be said when those before it have been.
   *
   * @return completes when one more may be owed
   */
  CompletionStage<Void> owe(CompletionStage<Answer> answer) {
    CompletableFuture<Answer> coming = answer.toCompletableFuture();
    if (owed.isEmpty()) {
      none = new CompletableFuture<>();
    }
    owed.add(coming);
    if (owed.size() >= MOST) {
      room = new CompletableFuture<>();
    }
    if (coming.isDone()) {
      sayReady();
    } else {
      coming.whenComplete((said, failure) -> wake());
    }
    return room;
  }

  /** However many become ready at once, the loop is asked once. */
  private void wake() {
    if (due.compareAndSet(false, true)) {
      try {
        loop.execute(this::sayReady);
      } catch (RejectedExecutionException e) {
        // The loops have ended, and the connection with them.
        due.set(false);
      }
    }
  }

  private void sayReady() {
    due.set(false);
    while (!owed.isEmpty() && owed.peek().isDone()) {
      say.accept(owed.poll().join());
    }
    if (owed.size() < MOST / 2) {
      room.complete(null);
    }
    if (owed.isEmpty()) {
      none.complete(null);
    }
  }
}
