package org.noports.device;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.noports.api.policy.AccessRequest;

/**
 * Asks again for what runs, so many questions at a time that requests of now are not kept waiting.
 * Sessions of one client to one place ask the same: as long as a question waits for its turn,
 * whoever has the same one gets its answer. None gets an answer of before it asked.
 */
final class AskInTurn {
  /** Fewer than evaluators' waiting room has places. */
  static final int AT_ONCE = 64;

  private final Asks policy;
  private final Executor thread;
  private final Map<Question, Waiting> waiting = new LinkedHashMap<>();
  private int asking;

  /** As {@link Policy#all}. */
  @FunctionalInterface
  interface Asks {
    CompletionStage<List<Policy.Answer>> all(
        AccessRequest request, List<InetAddress> addresses, Duration within);
  }

  /** What makes two questions one: all but the moment, which is told when it is asked. */
  private record Question(AccessRequest timeless, List<InetAddress> addresses, Duration within) {}

  /** Who waits for the answer, each on a stage of its own. */
  private record Waiting(AccessRequest request, CompletableFuture<List<Policy.Answer>> answer) {}

  /**
   * @param thread begins what has waited
   */
  AskInTurn(Asks policy, Executor thread) {
    this.policy = policy;
    this.thread = thread;
  }

  CompletionStage<List<Policy.Answer>> ask(
      AccessRequest request, List<InetAddress> addresses, Duration within) {
    AccessRequest timeless = request.under(request.circumstances().when(Instant.EPOCH));
    Question question = new Question(timeless, addresses, within);
    Waiting mine = new Waiting(request, new CompletableFuture<>());
    synchronized (waiting) {
      if (asking >= AT_ONCE) {
        return waiting.computeIfAbsent(question, it -> mine).answer().copy();
      }
      asking++;
    }
    begin(question, mine);
    return mine.answer();
  }

  private void begin(Question question, Waiting one) {
    policy
        .all(one.request(), question.addresses(), question.within())
        .whenComplete(
            (answers, failure) -> {
              next();
              if (failure == null) {
                one.answer().complete(answers);
              } else {
                one.answer().completeExceptionally(failure);
              }
            });
  }

  private void next() {
    Map.Entry<Question, Waiting> one;
    synchronized (waiting) {
      var first = waiting.entrySet().iterator();
      if (!first.hasNext()) {
        asking--;
        return;
      }
      one = first.next();
      first.remove();
    }
    try {
      thread.execute(() -> begin(one.getKey(), one.getValue()));
    } catch (RejectedExecutionException e) {
      // The device is being stopped, and all its sessions end.
    }
  }
}
