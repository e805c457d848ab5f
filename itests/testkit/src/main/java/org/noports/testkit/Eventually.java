package org.noports.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** For what announces itself by no event: looks again and again until it holds. */
public final class Eventually {
  private static final long LOOK_MILLIS = 20;

  private Eventually() {}

  /**
   * Returns as soon as {@code condition} is true; an {@link AssertionError} after 30 seconds of
   * looking, and not before 60 looks.
   */
  public static void holds(Callable<Boolean> condition) throws Exception {
    holds(Duration.ofSeconds(30), condition);
  }

  /** The same with a limit of its own, for what takes its time. */
  public static void holds(Duration limit, Callable<Boolean> condition) throws Exception {
    Patience patience = new Patience(limit, Duration.ofMillis(500));
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.call()) {
      if (!patience.lasts() || never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It did not come to hold within " + patience);
      }
    }
  }
}
