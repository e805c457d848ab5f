package org.noports.atserver.host.tenant;

import java.time.Duration;

/**
 * How long each wrong passcode at one atSign is made to wait: 1, 2, 3, 5, 8 times the first delay
 * and so on, whoever shows it, until nobody has shown one for a while. Thread-safe.
 */
public final class WrongPasscodes {
  /** Longer waits would look like a dead atServer. */
  static final Duration LONGEST = Duration.ofSeconds(55);

  private long previous;
  private long current;
  private long lastNanos = System.nanoTime();

  /** The delay for one more. */
  public synchronized Duration next(Duration first) {
    long now = System.nanoTime();
    if (now - lastNanos > LONGEST.toNanos()) {
      previous = 0;
      current = 0;
    }
    lastNanos = now;
    if (current == 0) {
      previous = first.toMillis();
      current = previous;
    } else if (current < LONGEST.toMillis()) {
      long sum = Math.max(current + previous, current + 1);
      previous = current;
      current = sum;
    }
    return Duration.ofMillis(Math.min(current, LONGEST.toMillis()));
  }
}
