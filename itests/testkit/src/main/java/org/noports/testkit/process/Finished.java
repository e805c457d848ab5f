package org.noports.testkit.process;

import java.time.Duration;

/**
 * A process that has ended.
 *
 * @param command what was run
 * @param exitCode its exit code
 * @param out all that it printed on stdout
 * @param err all that it printed on stderr
 * @param took from start to end
 */
public record Finished(String command, int exitCode, String out, String err, Duration took) {
  /** This, if the exit code is 0; otherwise an error that shows what was printed. */
  public Finished orFail() {
    if (exitCode != 0) {
      throw new AssertionError(this);
    }
    return this;
  }

  @Override
  public String toString() {
    return command + "\nexit code " + exitCode + " after " + took.toMillis() + " ms\n" + out + err;
  }
}
