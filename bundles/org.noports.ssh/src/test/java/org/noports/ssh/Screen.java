package org.noports.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a client was shown; waits for a text. */
final class Screen extends ByteArrayOutputStream {
  private static final long LIMIT_MILLIS = 30_000;

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    notifyAll();
  }

  @Override
  public synchronized void write(int one) {
    super.write(one);
    notifyAll();
  }

  /** Returns when the text was shown; fails with all that was shown instead. */
  synchronized void awaitText(String text) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
    while (!text().contains(text)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("Not shown: '" + text + "', but: " + text());
      }
      wait(left);
    }
  }

  synchronized String text() {
    return toString(StandardCharsets.UTF_8);
  }
}
