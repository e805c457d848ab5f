package org.noports.atserver.host.verb;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts one connection's requests for enrollment: so many in an hour, and no more. */
final class EnrollmentThrottle {
  private static final long WINDOW_NANOS = Duration.ofHours(1).toNanos();

  private final Deque<Long> times = new ArrayDeque<>();

  /** Whether one more is within bounds now; if it is, it counts. */
  synchronized boolean admits(int perHour) {
    long now = System.nanoTime();
    while (!times.isEmpty() && now - times.peekFirst() > WINDOW_NANOS) {
      times.removeFirst();
    }
    if (times.size() >= perHour) {
      return false;
    }
    times.addLast(now);
    return true;
  }
}
