package org.noports.atserver;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt to connect: not at all, then 0.25 s, doubled each time
 * up to 4 s, each with jitter so that the clients of a restarted atServer do not arrive as one.
 *
 * <p>The longest wait is short because a network that is back must be used again within 10 s, and
 * an attempt itself may have begun just before that and hang for seconds.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 4_000;

  /** A connection that was lost sooner counts as a failed attempt. */
  private static final Duration STABLE = Duration.ofSeconds(10);

  private int failures;

  /** The wait before the next attempt. */
  Duration next() {
    int doublings = failures++ - 1;
    if (doublings < 0) {
      return Duration.ZERO;
    }
    long full = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(doublings, 16));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(full / 2, full + 1));
  }

  /** A connection has ended after {@code life}. */
  void ended(Duration life) {
    if (life.compareTo(STABLE) >= 0) {
      failures = 0;
    }
  }
}
