package org.noports.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What became of a claimed item. */
public sealed interface QueueOutcome {
  /** Sent; the item goes. */
  record Sent() implements QueueOutcome {}

  /**
   * To be tried again.
   *
   * @param dueAt not before
   */
  record Retry(Instant dueAt) implements QueueOutcome {
    public Retry {
      requireNonNull(dueAt, "dueAt is null");
    }
  }

  /** Given up; the item goes. */
  record Dead() implements QueueOutcome {}
}
