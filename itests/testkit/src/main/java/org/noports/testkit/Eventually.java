package org.noports.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** For what announces itself by no event: looks again and again until it holds. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 20;

  private Eventually() {}

  /** Returns as soon as {@code condition} is true; an {@link AssertionError} after 20 seconds. */
  public static void holds(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0 || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It did not come to hold within " + PATIENCE);
      }
    }
  }
}
