package org.noports.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard error of one command, from any thread: the shell gives it to the command's own alone, so
 * what others write waits until that one writes or flushes.
 */
final class CommandErrors extends OutputStream {
  private final Thread owner = Thread.currentThread();
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    waiting.write(bytes, offset, length);
    flush();
  }

  @Override
  public synchronized void flush() {
    if (Thread.currentThread() == owner) {
      System.err.write(waiting.toByteArray(), 0, waiting.size());
      System.err.flush();
      waiting.reset();
    }
  }
}
