package org.noports.atserver.host.tenant;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;

/** How a lane sends an item and writes down what became of it. */
interface Delivery {
  /** What one try came to. */
  enum Outcome {
    /** The receiver's atServer has it. */
    DELIVERED,
    /** The receiver's atServer was not reached, or not in time: worth another try. */
    UNREACHED,
    /** The receiver's atServer heard it and would not have it. */
    REFUSED,
    /** Its time is over. */
    EXPIRED
  }

  /** Of whose notifications only the latest are worth delivering, and how many. */
  record Latest(String notifier, long number) {}

  /** Whether an item is one of those. */
  Optional<Latest> latest(QueueItem item);

  /** Tries once; never fails. */
  CompletionStage<Outcome> deliver(QueueItem item);

  /** Records what became of the item in the end; failures are reported inside. */
  void record(QueueItem item, Outcome last);

  /** Settles a claimed item in the queue; failures are reported inside. */
  void settle(QueueItem item, QueueOutcome outcome);

  /** The clock against which items expire. */
  Instant now();
}
