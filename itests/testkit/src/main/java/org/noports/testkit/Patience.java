package org.noports.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a test goes on looking. A machine that stands still between two looks, as a paused
 * virtual one does, uses up next to nothing of it: what is waited for stood still as well. For one
 * thread.
 */
public final class Patience {
  private final Duration total;
  private final long lookAtMost;
  private long left;
  private long looked = System.nanoTime();

  /**
   * @param total of all looks together
   * @param lookAtMost what one of them may use up, however long it took by the clock
   */
  public Patience(Duration total, Duration lookAtMost) {
    this.total = requireNonNull(total, "total is null");
    this.lookAtMost = lookAtMost.toNanos();
    this.left = total.toNanos();
  }

  /** Whether to look once more; called after each look. */
  public boolean lasts() {
    long now = System.nanoTime();
    left -= Math.min(now - looked, lookAtMost);
    looked = now;
    return left > 0;
  }

  /** How long it was at first. */
  @Override
  public String toString() {
    return total.toString();
  }
}
