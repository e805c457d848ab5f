package org.noports.relay.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many of something in a second, and what was not used of the last moments. Keeps only the time
 * at which all that was taken is paid for. Thread-safe.
 */
final class Metered {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong paidAt;

  Metered(long now) {
    paidAt = new AtomicLong(now);
  }

  /** Takes {@code amount}; nanoseconds until it is paid for, at {@code perSecond}. */
  long take(long amount, long perSecond, long now) {
    // Not amount * SECOND: that would overflow at nine gigabytes.
    long cost = (long) ((double) amount / perSecond * SECOND);
    return paidAt.updateAndGet(before -> Math.max(before, now) + cost) - now;
  }

  /** Takes one unless that much is owed already. */
  boolean takeOne(long perSecond, long owedAtMost, long now) {
    long cost = Math.max(1, SECOND / perSecond);
    long before = paidAt.get();
    long after = Math.max(before, now) + cost;
    return after - now <= owedAtMost
        && (paidAt.compareAndSet(before, after) || takeOne(perSecond, owedAtMost, now));
  }

  /** Whether nothing is owed. */
  boolean isPaid(long now) {
    return paidAt.get() <= now;
  }
}
