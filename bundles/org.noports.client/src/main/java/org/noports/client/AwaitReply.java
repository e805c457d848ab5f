package org.noports.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;

/**
 * One question and its answer: hears before it asks, takes the first answer under one of the
 * expected names, and only from whom was asked (docs/protocol/noports.md 9, point 9).
 *
 * @param post where it goes out and comes in
 * @param from who must answer
 * @param names under which names
 * @param within how long that may take
 * @param late what is wrong when it takes longer
 */
record AwaitReply(
    AtServerSession post,
    AtSign from,
    Set<String> names,
    Duration within,
    Supplier<NoPortsException> late) {
  /** By so much the age of a message may be told wrongly. */
  private static final Duration CLOCKS = Duration.ofSeconds(2);

  /**
   * Asks; the future fails as {@link #late} says, or as the asking itself does. Cancelling it ends
   * the waiting.
   */
  CompletableFuture<Notification> to(OutgoingNotification question) {
    CompletableFuture<Notification> answer = new CompletableFuture<>();
    CompletableFuture<Notification> result = new CompletableFuture<>();
    long asked = System.nanoTime();
    Subscription hearing = post.subscribe(names::contains, message -> take(answer, message, asked));
    answer
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (message, failure) -> {
              hearing.close();
              conclude(result, message, failure);
            });
    result.whenComplete((message, failure) -> answer.cancel(true));
    post.notify(question)
        .whenComplete(
            (id, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(Step.cause(failure));
              }
            });
    return result;
  }

  /** An answer is younger than its question: an older one was for somebody who asked before. */
  private void take(CompletableFuture<Notification> answer, Notification message, long asked) {
    Duration waited = Duration.ofNanos(System.nanoTime() - asked).plus(CLOCKS);
    boolean ours = message.age().compareTo(waited) <= 0;
    if (ours && message.from().equals(from) && message.operation().equals("update")) {
      answer.complete(message);
    }
  }

  private void conclude(
      CompletableFuture<Notification> result, Notification message, Throwable failure) {
    if (failure == null) {
      result.complete(message);
      return;
    }
    Throwable cause = Step.cause(failure);
    result.completeExceptionally(cause instanceof TimeoutException ? late.get() : cause);
  }
}
