package org.noports.store.mvstore;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.noports.api.StoreFailed;

/** A mutation that waits for its commit, and the stage that waits for it. */
final class Pending<T> {
  private static final Consumer<Object> NOBODY = answer -> {};

  final int weight;
  private final Mutation<T> mutation;
  private final Consumer<? super T> early;
  private final CompletableFuture<T> stage = new CompletableFuture<>();
  private T answer;
  private StoreFailed refusal;
  private boolean told;

  Pending(Mutation<T> mutation, int weight) {
    this(mutation, weight, NOBODY);
  }

  /** Who wants to know nothing early. */
  static Consumer<Object> nobody() {
    return NOBODY;
  }

  /**
   * One whose answer somebody wants to know before the disk has the change.
   *
   * @param early told of it
   */
  Pending(Mutation<T> mutation, int weight, Consumer<? super T> early) {
    this.mutation = mutation;
    this.weight = weight;
    this.early = early;
  }

  boolean hasEarly() {
    return early != NOBODY && refusal == null;
  }

  /**
   * Tells the answer that {@link #answer} will give unless the disk fails. Once, by whichever
   * thread comes first; the other one goes on when it has been told.
   */
  synchronized void tellEarly() {
    if (hasEarly() && !told) {
      told = true;
      early.accept(answer);
    }
  }

  CompletableFuture<T> stage() {
    return stage;
  }

  /** Changes the maps in memory and keeps the answer back. */
  void apply(Edit edit) {
    try {
      answer = mutation.apply(edit);
    } catch (StoreFailed e) {
      refusal = e;
    }
  }

  /**
   * Gives the answer: the disk has the change. A disk that is faster than the thread that was to
   * tell early does not make early late.
   */
  void answer() {
    tellEarly();
    if (refusal == null) {
      stage.complete(answer);
    } else {
      stage.completeExceptionally(refusal);
    }
  }

  void fail(StoreFailed failure) {
    stage.completeExceptionally(failure);
  }
}
