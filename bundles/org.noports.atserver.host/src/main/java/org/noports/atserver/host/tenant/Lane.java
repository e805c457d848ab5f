package org.noports.atserver.host.tenant;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;

/**
 * The way to one receiver: its items in order, one under way at a time. While the receiver cannot
 * be reached the head waits and is tried again, and nothing overtakes it.
 *
 * <p>All calls on the courier's serial executor.
 */
final class Lane {
  private static final long[] WAITS_MILLIS = {50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

  /** A receiver that keeps saying no would otherwise hold up all that comes behind. */
  private static final int REFUSALS = 3;

  /** More than this waits in the store, not in memory. */
  private static final int CAPACITY = 512;

  private final ScheduledExecutorService serial;
  private final Delivery delivery;
  private final Map<String, QueueItem> items = new LinkedHashMap<>();
  private boolean busy;
  private int failures;
  private int refusals;

  Lane(ScheduledExecutorService serial, Delivery delivery) {
    this.serial = serial;
    this.delivery = delivery;
  }

  /** Takes an item; one that is here already only renews its claim. */
  void add(QueueItem item) {
    if (items.size() >= CAPACITY && !items.containsKey(item.id())) {
      Instant later = delivery.now().plusMillis(WAITS_MILLIS[WAITS_MILLIS.length - 1]);
      delivery.settle(item, new QueueOutcome.Retry(later), Delivery.Outcome.UNREACHED);
      return;
    }
    items.put(item.id(), item);
    next();
  }

  boolean idle() {
    return items.isEmpty() && !busy;
  }

  /** Hands everything back to the queue, for whoever comes next. */
  void giveBack() {
    Instant now = delivery.now();
    items
        .values()
        .forEach(
            item -> delivery.settle(item, new QueueOutcome.Retry(now), Delivery.Outcome.UNREACHED));
    items.clear();
  }

  private void next() {
    if (busy || items.isEmpty()) {
      return;
    }
    busy = true;
    QueueItem head = items.values().iterator().next();
    delivery.deliver(head).whenCompleteAsync((outcome, none) -> done(head, outcome), serial);
  }

  private void done(QueueItem sent, Delivery.Outcome outcome) {
    QueueItem item = items.getOrDefault(sent.id(), sent);
    switch (outcome) {
      case DELIVERED -> finish(item, new QueueOutcome.Sent(), outcome);
      case EXPIRED -> finish(item, new QueueOutcome.Dead(), outcome);
      case REFUSED -> {
        if (++refusals >= REFUSALS) {
          finish(item, new QueueOutcome.Dead(), outcome);
        } else {
          waitAndRetry();
        }
      }
      case UNREACHED -> waitAndRetry();
    }
  }

  private void finish(QueueItem item, QueueOutcome outcome, Delivery.Outcome last) {
    items.remove(item.id());
    failures = 0;
    refusals = 0;
    busy = false;
    delivery.settle(item, outcome, last);
    next();
  }

  private void waitAndRetry() {
    long wait = WAITS_MILLIS[Math.min(failures++, WAITS_MILLIS.length - 1)];
    serial.schedule(
        () -> {
          busy = false;
          next();
        },
        wait,
        TimeUnit.MILLISECONDS);
  }
}
