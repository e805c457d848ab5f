package org.noports.api.policy.fence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.noports.api.policy.Decision;

/** One question, in a thread of the plug-in's. */
final class Errand implements Runnable {
  /** Audits and logs name it. */
  private static final int LONGEST_NAME = 200;

  private final Supplier<CompletionStage<Decision>> question;
  private final Executor threads;
  private final Runnable returned;
  private final CompletableFuture<Decision> answer = new CompletableFuture<>();
  private Thread within;
  private boolean abandoned;

  /**
   * @param threads the plug-in's: what it completes elsewhere is taken over there
   * @param returned runs if it comes back after it was given up
   */
  Errand(Supplier<CompletionStage<Decision>> question, Executor threads, Runnable returned) {
    this.question = question;
    this.threads = threads;
    this.returned = returned;
  }

  /** Fails with a {@link NotDecided} only, or with what others complete it with. */
  CompletableFuture<Decision> answer() {
    return answer;
  }

  @Override
  public void run() {
    if (!enter()) {
      return;
    }
    try {
      CompletionStage<Decision> stage = question.get();
      if (stage == null) {
        answered(null, null);
      } else {
        // Handled, and not passed on: to wrap an exception is to ask it for its message.
        stage.handleAsync(this::answered, threads);
      }
    } catch (Throwable e) {
      answer.completeExceptionally(NotDecided.fault("it threw " + NotDecided.words(e)));
    } finally {
      leave();
    }
  }

  private boolean answered(Decision decision, Throwable failure) {
    if (failure != null) {
      return answer.completeExceptionally(
          NotDecided.excused("it could not decide: " + NotDecided.words(cause(failure))));
    }
    if (decision == null) {
      return answer.completeExceptionally(NotDecided.fault("it decided nothing"));
    }
    if (decision.rule().isBlank()
        || decision.rule().length() > LONGEST_NAME
        || decision.revision().length() > LONGEST_NAME) {
      return answer.completeExceptionally(
          NotDecided.fault(
              "it named no rule, or one of more than " + LONGEST_NAME + " characters"));
    }
    return answer.complete(decision);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private synchronized boolean enter() {
    // Who waited in the queue for too long is not asked: nobody would hear the answer.
    within = answer.isDone() ? null : Thread.currentThread();
    return within != null;
  }

  private void leave() {
    boolean late;
    synchronized (this) {
      within = null;
      late = abandoned;
      // Not for the next question on this thread.
      Thread.interrupted();
    }
    if (late) {
      returned.run();
    }
  }

  /** Nobody waits for it any more; says whether its thread is still out. */
  synchronized boolean abandon() {
    abandoned = within != null;
    if (abandoned) {
      within.interrupt();
    }
    return abandoned;
  }
}
