package org.noports.stories;

import java.time.Duration;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Shell;

/** A process that stands still, as on a machine that sleeps; it goes on when this is closed. */
final class Frozen implements AutoCloseable {
  private final long pid;
  private final long since;

  private Frozen(long pid) {
    this.pid = pid;
    Shell.run("kill", "-STOP", Long.toString(pid)).orFail();
    this.since = System.nanoTime();
  }

  static Frozen stop(long pid) {
    return new Frozen(pid);
  }

  /** Returns when it has stood still for so long. */
  void stay(Duration time) throws Exception {
    Eventually.holds(time.multipliedBy(3), () -> System.nanoTime() - since >= time.toNanos());
  }

  @Override
  public void close() {
    Shell.run("kill", "-CONT", Long.toString(pid)).orFail();
  }
}
