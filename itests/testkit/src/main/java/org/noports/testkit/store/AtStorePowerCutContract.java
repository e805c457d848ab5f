package org.noports.testkit.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.noports.api.store.AtStore;
import org.noports.testkit.TestClock;

/**
 * A power cut at any moment loses nothing that was acknowledged, halves no batch and applies none
 * twice. An engine opens its files on a {@link ForgetfulDisk}.
 *
 * <p>A seed that failed is run again alone with {@code -Dnoports.seed=N}.
 */
public abstract class AtStorePowerCutContract {
  private static final int SEEDS = 1000;
  private static final int CUTS = 3;
  private static final int OPERATIONS = 120;
  private static final int STEPS = 40;

  /**
   * Opens the engine on {@code disk}. It should take over what it gathers after a few kilobytes, so
   * that cuts hit that, too; with {@code inOrder} in the thread that writes, so that the same seed
   * does the same.
   */
  protected abstract AtStore open(ForgetfulDisk disk, Clock clock, boolean inOrder);

  /** Closes the engine, whether or not its disk has power. */
  protected abstract void close(AtStore store);

  @Test
  public void whatWasAcknowledgedSurvivesAPowerCutAtAnyMoment() {
    Integer one = Integer.getInteger("noports.seed");
    int first = one == null ? 0 : one;
    int end = one == null ? SEEDS : one + 1;
    for (int seed = first; seed < end; seed++) {
      try {
        run(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void run(int seed) {
    Random random = new Random(seed);
    TestClock clock = new TestClock(Instant.parse("2030-01-01T00:00:00Z"));
    PowerCutWorld world = new PowerCutWorld(random, clock);
    ForgetfulDisk disk = new ForgetfulDisk(seed);
    boolean inOrder = seed % 4 != 0;
    for (int cut = 0; cut < CUTS; cut++) {
      disk.failPowerAfter(random.nextInt(OPERATIONS));
      AtStore store = open(disk, clock, inOrder);
      world.work(store, STEPS);
      close(store);
      disk = disk.afterPowerCut();
      // Every other time the power fails while the store is being opened, too.
      if (random.nextBoolean()) {
        disk.failPowerAfter(random.nextInt(12));
        AtStore again = open(disk, clock, inOrder);
        again.atSigns(Optional.empty(), 1).handle((any, how) -> any).toCompletableFuture().join();
        close(again);
        disk = disk.afterPowerCut();
      }
      AtStore checked = open(disk, clock, inOrder);
      world.check(checked);
      close(checked);
    }
  }
}
