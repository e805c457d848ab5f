package org.noports.benchmarks.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** Keys that are pressed one after the other on a terminal there, and how long each echo takes. */
final class Keystrokes implements AutoCloseable {
  /** Behind a terminal that neither echoes nor waits for a line, cat says what it hears. */
  static final String REMOTE = "stty raw -echo; printf R; exec cat";

  private static final int KEYS = 1_000;
  private static final int PERCENT = 99;

  private final Process ssh;
  private final OutputStream keys;
  private final InputStream screen;

  Keystrokes(List<String> ssh) throws IOException {
    this.ssh = new ProcessBuilder(ssh).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    keys = this.ssh.getOutputStream();
    screen = this.ssh.getInputStream();
    for (int shown = screen.read(); shown != 'R'; shown = screen.read()) {
      if (shown < 0) {
        throw new IOException(String.join(" ", ssh) + " ended before its terminal was there");
      }
    }
  }

  /** The echo that 99 of 100 keys are quicker than, in microseconds. */
  double slowest() throws IOException {
    double[] micros = new double[KEYS];
    for (int i = 0; i < KEYS; i++) {
      long start = System.nanoTime();
      keys.write('k');
      keys.flush();
      if (screen.read() != 'k') {
        throw new IOException("Another key came back, or none");
      }
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(micros);
    return micros[KEYS * PERCENT / 100];
  }

  @Override
  public void close() {
    ssh.destroy();
  }
}
