package org.noports.door;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.noports.door.wire.Frame;

/**
 * Frames on their way to one caller. A command that writes faster than its caller reads waits; the
 * loop never does.
 */
final class Outbox {
  /** More than this and the writing command waits. */
  private static final int ENOUGH = 256 * 1024;

  /** Buffers that one write takes; more cost more to collect than they save. */
  private static final int TOGETHER = 16;

  private final Deque<ByteBuffer> queue = new ArrayDeque<>();
  private int queued;
  private boolean last;
  private boolean closed;

  /** Puts a frame at the end, and waits while there is too much before it. For command threads. */
  synchronized void put(Frame frame) throws IOException {
    while (queued > ENOUGH && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the caller was slow to read");
      }
    }
    if (closed || last) {
      throw new IOException("the caller is gone");
    }
    add(frame);
  }

  /** Puts a frame at the end without waiting. For small frames, from any thread. */
  synchronized void add(Frame frame) {
    if (closed || last) {
      return;
    }
    for (ByteBuffer part : frame.parts()) {
      queued += part.remaining();
      queue.add(part);
    }
  }

  /** Puts the final frame at the end; what comes later is dropped. */
  synchronized void finish(Frame frame) {
    add(frame);
    last = true;
  }

  /** Writes what the channel takes; true when nothing is left. */
  synchronized boolean drainTo(GatheringByteChannel channel) throws IOException {
    boolean taken = true;
    while (taken && !queue.isEmpty()) {
      ByteBuffer[] first = queue.stream().limit(TOGETHER).toArray(ByteBuffer[]::new);
      queued -= Math.toIntExact(channel.write(first));
      for (ByteBuffer part : first) {
        taken = !part.hasRemaining();
        if (!taken) {
          break;
        }
        queue.remove();
      }
    }
    notifyAll();
    return queue.isEmpty();
  }

  /** Something waits to be written. */
  synchronized boolean queuedAny() {
    return !queue.isEmpty();
  }

  /** All is said and sent. */
  synchronized boolean done() {
    return last && queue.isEmpty();
  }

  synchronized void close() {
    closed = true;
    queue.clear();
    notifyAll();
  }
}
