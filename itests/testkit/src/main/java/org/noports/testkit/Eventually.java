package org.noports.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * For what announces itself by no event: looks again and again until it holds. A machine that
 * stands still between two looks, as a paused virtual one does, uses up no patience: what is waited
 * for stood still as well.
 */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 20;

  /** What one look may use up of the patience at most, however long it took by the clock. */
  private static final long LOOK_AT_MOST = TimeUnit.MILLISECONDS.toNanos(500);

  private Eventually() {}

  /**
   * Returns as soon as {@code condition} is true; an {@link AssertionError} after 20 seconds of
   * looking, and not before 40 looks.
   */
  public static void holds(Callable<Boolean> condition) throws Exception {
    long left = PATIENCE.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    long looked = System.nanoTime();
    while (!condition.call()) {
      if (left < 0 || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It did not come to hold within " + PATIENCE);
      }
      long now = System.nanoTime();
      left -= Math.min(now - looked, LOOK_AT_MOST);
      looked = now;
    }
  }
}
