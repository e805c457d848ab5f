package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.QueueItem;

/**
 * Carries an atSign's outgoing notifications, each receiver's in a lane of its own, in which order
 * is kept.
 *
 * <p>As long as nothing older waits in the store's queue, a notification is handed over directly
 * once it is stored, without the wait for a claim; its place in the queue falls due a little later
 * and is settled then. Otherwise what waits is claimed first. There is no polling: hand-over and
 * {@link #nudge} start work, lanes wait on timers, and slow rounds renew claims and find what a
 * crashed process had claimed, for as long as the queue holds anything: an atSign that sends
 * nothing costs no timer. All state belongs to one serial executor.
 */
public final class Courier {
  private static final int ROUND = 64;

  /** A process that dies holds up what it had claimed for this long. */
  private static final Duration LEASE = Duration.ofSeconds(20);

  /** A process that dies holds up what was handed over directly for this long. */
  private static final Duration HOLD = Duration.ofSeconds(2);

  private final ScheduledExecutorService serial;
  private final Supplier<AtSignStore> store;
  private final Delivery delivery;
  private final Map<String, Lane> lanes = new HashMap<>();
  private Optional<Future<?>> round = Optional.empty();
  private volatile boolean caughtUp;
  private volatile boolean closed;
  private final List<QueueItem> behindClaim = new ArrayList<>();
  private boolean claiming;
  private boolean again;
  private boolean settling;

  Courier(ScheduledExecutorService serial, Supplier<AtSignStore> store, Delivery delivery) {
    this.serial = requireNonNull(serial, "serial is null");
    this.store = requireNonNull(store, "store is null");
    this.delivery = requireNonNull(delivery, "delivery is null");
    nudge();
  }

  /** When a notification that is stored at {@code now} is to fall due in the queue. */
  Instant dueAt(Instant now) {
    return caughtUp ? now.plus(HOLD) : now;
  }

  /**
   * Takes a notification over that was stored just now.
   *
   * @param dueAt as {@link #dueAt} said
   */
  void handOver(QueueItem item, Instant dueAt) {
    if (dueAt.isAfter(delivery.now())) {
      run(() -> direct(item));
    } else {
      nudge();
    }
  }

  /** Whether an item came directly, and has no claim. */
  static boolean isUnclaimed(QueueItem item) {
    return item.token().isEmpty();
  }

  /** Something may be in the queue. Returns at once; any thread. */
  public void nudge() {
    run(this::claim);
  }

  private void run(Runnable task) {
    try {
      serial.execute(task);
    } catch (RejectedExecutionException e) {
      // The host is stopping; the queue keeps the item for its next start.
      closed = true;
    }
  }

  /** Stops; what lanes hold goes back to the queue. */
  public void close() {
    run(this::giveBack);
  }

  private void giveBack() {
    closed = true;
    round.ifPresent(waiting -> waiting.cancel(false));
    lanes.values().forEach(Lane::giveBack);
    lanes.clear();
  }

  /** What is being claimed now may be older. */
  private void direct(QueueItem item) {
    if (claiming) {
      behindClaim.add(item);
    } else if (!closed) {
      caughtUp = lane(item).add(item) && caughtUp;
      settleSoon();
      roundAfter(LEASE.dividedBy(2));
    }
  }

  private Lane lane(QueueItem item) {
    return lanes.computeIfAbsent(item.recipient(), to -> new Lane(serial, delivery));
  }

  /** Claims what was handed over directly when it has fallen due, to settle it. */
  private void settleSoon() {
    if (!settling) {
      settling = true;
      serial.schedule(
          () -> {
            settling = false;
            claim();
          },
          HOLD.toMillis() + 50,
          TimeUnit.MILLISECONDS);
    }
  }

  /** Claims again later, unless that is planned already. */
  private void roundAfter(Duration wait) {
    if (round.isEmpty() && !closed) {
      round =
          Optional.of(
              serial.schedule(
                  () -> {
                    round = Optional.empty();
                    claim();
                  },
                  wait.toMillis(),
                  TimeUnit.MILLISECONDS));
    }
  }

  /** Plans the next round if there is anything it could find. */
  private void planRound(int claimed) {
    if (claimed > 0 || !lanes.isEmpty()) {
      roundAfter(LEASE.dividedBy(2));
      return;
    }
    try {
      store
          .get()
          .queued()
          .whenCompleteAsync(
              (left, failure) -> {
                if (failure != null || left > 0) {
                  roundAfter(HOLD);
                }
              },
              serial);
    } catch (RuntimeException storeAbsent) {
      roundAfter(LEASE.dividedBy(2));
    }
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
      roundAfter(LEASE.dividedBy(2));
    }
  }

  private void claimed(List<QueueItem> items, Throwable failure) {
    claiming = false;
    if (failure == null && !closed) {
      take(items);
    }
    List<QueueItem> direct = List.copyOf(behindClaim);
    behindClaim.clear();
    direct.forEach(this::direct);
    if (failure != null) {
      roundAfter(LEASE.dividedBy(2));
    } else if (again || items.size() == ROUND) {
      claim();
    } else {
      planRound(items.size());
    }
  }

  private void take(List<QueueItem> items) {
    boolean room = true;
    for (QueueItem item : items) {
      room &= lane(item).add(item);
    }
    lanes.values().removeIf(Lane::idle);
    if (lanes.values().stream().anyMatch(Lane::awaitsClaims)) {
      settleSoon();
    }
    caughtUp = room && items.size() < ROUND;
  }
}
