package org.noports.store.mvstore;

import java.util.concurrent.CompletableFuture;
import org.noports.api.StoreFailed;

/** A mutation that waits for its commit, and the stage that waits for it. */
final class Pending<T> {
  final int weight;
  private final Mutation<T> mutation;
  private final CompletableFuture<T> stage = new CompletableFuture<>();
  private T answer;
  private StoreFailed refusal;

  Pending(Mutation<T> mutation, int weight) {
    this.mutation = mutation;
    this.weight = weight;
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

  /** Gives the answer: the disk has the change. */
  void answer() {
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
