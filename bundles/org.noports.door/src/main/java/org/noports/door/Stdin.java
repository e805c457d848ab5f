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
  /** Who reads a line takes no more than this from whoever reads behind it. */
  private static final int FIRST = 64 * 1024;

  /** On its way to one who reads on; asked for anew when half of it has been read. */
  private static final int WINDOW = 256 * 1024;

  private final IntConsumer want;
  private final Deque<byte[]> arrived = new ArrayDeque<>();
  private int at;
  private int asked;
  private int unread;
  private long read;
  private boolean begun;
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
      unread += bytes.length;
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
    ask();
    awaitBytes();
    if (arrived.isEmpty()) {
      return -1;
    }
    byte[] first = arrived.peek();
    int count = Math.min(length, first.length - at);
    System.arraycopy(first, at, into, offset, count);
    at += count;
    unread -= count;
    read += count;
    if (at == first.length) {
      arrived.remove();
      at = 0;
    }
    return count;
  }

  @Override
  public synchronized int available() {
    return unread;
  }

  private void ask() {
    boolean readsOn = read >= FIRST;
    int room = (readsOn ? WINDOW : FIRST) - asked - unread;
    if (!ended && (!begun || readsOn && room > WINDOW / 2)) {
      begun = true;
      asked += room;
      want.accept(room);
    }
  }

  private void awaitBytes() throws InterruptedIOException {
    while (arrived.isEmpty() && !ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for standard input");
      }
    }
  }
}
