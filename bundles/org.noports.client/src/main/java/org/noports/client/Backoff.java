package org.noports.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: 1 s, doubled up to 30 s, each shortened by up to a half so
 * that those who lost the same relay do not all come back at once.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LAST_MILLIS = 30_000;

  private final DoubleSupplier random;
  private long millis = FIRST_MILLIS;

  /**
   * @param random 0 to 1
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  synchronized Duration next() {
    long full = millis;
    millis = Math.min(LAST_MILLIS, millis * 2);
    return Duration.ofMillis(full - (long) (full / 2.0 * random.getAsDouble()));
  }

  synchronized void reset() {
    millis = FIRST_MILLIS;
  }
}
