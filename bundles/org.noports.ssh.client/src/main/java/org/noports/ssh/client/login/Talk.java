package org.noports.ssh.client.login;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is said to the person, apart from what was asked for. */
public final class Talk {
  private final PrintStream err;
  private final boolean quiet;
  private final boolean verbose;

  /**
   * Says it on a stream.
   *
   * @param quiet whether warnings are left out
   * @param verbose whether steps are told
   */
  public Talk(OutputStream err, boolean quiet, boolean verbose) {
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.quiet = quiet;
    this.verbose = verbose;
  }

  /** What nobody may miss. */
  public void say(String line) {
    // A raw terminal does not go back to the line's beginning by itself.
    err.print(printable(line) + "\r\n");
    err.flush();
  }

  /** What a person should know. */
  public void warn(String line) {
    if (!quiet) {
      say("noports: " + line);
    }
  }

  /** What somebody who looks for a fault wants to know. */
  public void step(String line) {
    if (verbose) {
      say("noports: " + line);
    }
  }

  /** Others' words must not be commands to a terminal. */
  private static String printable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '?' : (char) c));
    return shown.toString();
  }
}
