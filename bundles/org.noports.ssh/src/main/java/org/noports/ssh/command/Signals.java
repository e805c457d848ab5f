package org.noports.ssh.command;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends signals, which Java itself cannot, but for two. */
final class Signals {
  /** Of a program that only makes one system call. */
  private static final int LIMIT_SECONDS = 5;

  private static final File NOTHING = new File("/dev/null");

  private Signals() {}

  /** To every process of a group. */
  static void toGroup(String name, long group) {
    run("/bin/sh", "-c", "kill -s " + name + " -- -" + group);
  }

  /** Runs a small program to its end; that it fails means that the process has gone already. */
  static void run(String... words) {
    try {
      Process small =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
              .start();
      if (!small.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        small.destroyForcibly();
      }
    } catch (IOException e) {
      // The program is not on this machine: Tools said so at start.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
