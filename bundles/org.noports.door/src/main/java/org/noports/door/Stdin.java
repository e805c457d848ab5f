package org.noports.door;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import org.noports.door.wire.MalformedFrame;

/**
 * A caller's standard input: asked for when the command reads and not before, and never more than
 * there is room for.
 */
final class Stdin extends InputStream {
  static final int WINDOW = 64 * 1024;

  private final IntConsumer want;
  private final Deque<byte[]> arrived = new ArrayDeque<>();
  private int at;
  private int asked;
  private boolean ended;

  Stdin(IntConsumer want) {
    this.want = want;
  }

  /** Takes what the caller sent; the caller may not send more than it was asked for. */
  synchronized void arrive(byte[] bytes) throws MalformedFrame {
    if (bytes.length > asked) {
      throw new MalformedFrame("more standard input than was asked for");
    }
    if (bytes.length > 0) {
      asked -= bytes.length;
      arrived.add(bytes);
      notifyAll();
    }
  }

  /** No more will come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int length) throws InterruptedIOException {
    if (length == 0) {
      return 0;
    }
    awaitBytes();
    if (arrived.isEmpty()) {
      return -1;
    }
    byte[] first = arrived.peek();
    int count = Math.min(length, first.length - at);
    System.arraycopy(first, at, into, offset, count);
    at += count;
    if (at == first.length) {
      arrived.remove();
      at = 0;
    }
    return count;
  }

  @Override
  public synchronized int available() {
    return arrived.stream().mapToInt(bytes -> bytes.length).sum() - at;
  }

  private void awaitBytes() throws InterruptedIOException {
    while (arrived.isEmpty() && !ended) {
      if (asked == 0) {
        asked = WINDOW;
        want.accept(WINDOW);
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for standard input");
      }
    }
  }
}
