package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.QueueItem;

/**
 * Carries an atSign's outgoing notifications: claims them from the store's queue when told that
 * there are some, and gives each receiver a lane of its own, in which order is kept.
 *
 * <p>All state belongs to one serial executor. There is no polling: {@link #nudge} starts a round,
 * lanes wait on timers, and a slow round finds what a crashed process had claimed.
 */
public final class Courier {
  private static final int ROUND = 64;

  /** A process that dies holds up what it had claimed for this long. */
  private static final Duration LEASE = Duration.ofSeconds(20);

  private final ScheduledExecutorService serial;
  private final Supplier<AtSignStore> store;
  private final Delivery delivery;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Future<?> rounds;
  private boolean claiming;
  private boolean again;
  private volatile boolean closed;

  public Courier(ScheduledExecutorService serial, Supplier<AtSignStore> store, Delivery delivery) {
    this.serial = requireNonNull(serial, "serial is null");
    this.store = requireNonNull(store, "store is null");
    this.delivery = requireNonNull(delivery, "delivery is null");
    long period = LEASE.toMillis() / 2;
    this.rounds = serial.scheduleWithFixedDelay(this::claim, period, period, TimeUnit.MILLISECONDS);
  }

  /** Something was put into the queue. Returns at once; any thread. */
  public void nudge() {
    try {
      serial.execute(this::claim);
    } catch (RejectedExecutionException e) {
      // The host is stopping; the queue keeps the item for its next start.
      closed = true;
    }
  }

  /** Stops claiming; what lanes hold goes back to the queue by itself when its lease ends. */
  public void close() {
    rounds.cancel(false);
    try {
      serial.execute(this::giveBack);
    } catch (RejectedExecutionException e) {
      closed = true;
    }
  }

  private void giveBack() {
    closed = true;
    lanes.values().forEach(Lane::giveBack);
    lanes.clear();
  }

  private void claim() {
    if (closed) {
      return;
    }
    if (claiming) {
      again = true;
      return;
    }
    claiming = true;
    again = false;
    try {
      store.get().claim(ROUND, LEASE).whenCompleteAsync(this::claimed, serial);
    } catch (RuntimeException storeAbsent) {
      // The next nudge or round asks anew; the queue itself is safe in the store.
      claiming = false;
    }
  }

  private void claimed(List<QueueItem> items, Throwable failure) {
    claiming = false;
    if (failure != null) {
      return;
    }
    for (QueueItem item : items) {
      lanes.computeIfAbsent(item.recipient(), to -> new Lane(serial, delivery)).add(item);
    }
    lanes.values().removeIf(Lane::idle);
    if (again || items.size() == ROUND) {
      claim();
    }
  }
}
