package org.noports.atserver.host.tenant;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;

/**
 * The way to one receiver: its items in order, one under way at a time. While the receiver cannot
 * be reached the head waits and is tried again, and nothing overtakes it.
 *
 * <p>An item that was handed over directly has no claim yet; it is settled when its claim comes.
 * All calls on the courier's serial executor.
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
  private final Map<String, Done> unsettled = new HashMap<>();
  private boolean busy;
  private int failures;
  private int refusals;

  private record Done(QueueOutcome outcome, Instant forgottenAt) {}

  Lane(ScheduledExecutorService serial, Delivery delivery) {
    this.serial = serial;
    this.delivery = delivery;
  }

  /**
   * Takes an item; one that is here already only renews its claim.
   *
   * @return false if there is no room: then it stays in the queue for later
   */
  boolean add(QueueItem item) {
    Done done = unsettled.get(item.id());
    if (done != null) {
      unsettled.remove(item.id());
      delivery.settle(item, done.outcome());
      return true;
    }
    if (items.size() >= CAPACITY && !items.containsKey(item.id())) {
      Instant later = delivery.now().plusMillis(WAITS_MILLIS[WAITS_MILLIS.length - 1]);
      settle(item, new QueueOutcome.Retry(later));
      return false;
    }
    items.put(item.id(), item);
    if (failures > 0) {
      forgetOlder(item);
    }
    next();
    return true;
  }

  /**
   * Drops what is worth nothing since {@code item} has come. Looked at only while the receiver
   * cannot be reached: otherwise nothing waits for long.
   */
  private void forgetOlder(QueueItem item) {
    Optional<Delivery.Latest> latest = delivery.latest(item);
    if (latest.isEmpty()) {
      return;
    }
    String notifier = latest.get().notifier();
    List<QueueItem> same =
        items.values().stream()
            .filter(
                one ->
                    delivery.latest(one).filter(it -> it.notifier().equals(notifier)).isPresent())
            .toList();
    long surplus = same.size() - latest.get().number();
    same.stream().limit(Math.max(0, surplus)).forEach(this::drop);
  }

  private void drop(QueueItem item) {
    QueueOutcome dead = new QueueOutcome.Dead();
    items.remove(item.id());
    delivery.record(item, Delivery.Outcome.EXPIRED);
    settle(item, dead);
    if (Courier.isUnclaimed(item)) {
      unsettled.put(item.id(), new Done(dead, item.expiresAt()));
    }
  }

  boolean idle() {
    Instant now = delivery.now();
    // What expired in the queue is dropped there, and no claim of it comes.
    unsettled.values().removeIf(done -> done.forgottenAt().isBefore(now));
    return items.isEmpty() && unsettled.isEmpty() && !busy;
  }

  /** Whether something was delivered whose claim has not come. */
  boolean awaitsClaims() {
    return !unsettled.isEmpty();
  }

  /** Hands everything back to the queue, for whoever comes next. */
  void giveBack() {
    QueueOutcome again = new QueueOutcome.Retry(delivery.now());
    items.values().forEach(item -> settle(item, again));
    items.clear();
  }

  private void settle(QueueItem item, QueueOutcome outcome) {
    if (!Courier.isUnclaimed(item)) {
      delivery.settle(item, outcome);
    }
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
    next();
    delivery.record(item, last);
    settle(item, outcome);
    if (Courier.isUnclaimed(item)) {
      unsettled.put(item.id(), new Done(outcome, item.expiresAt()));
    }
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
