package org.noports.tunnel.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was sent and may have to be sent again: the clear bytes from one offset to another. */
final class Replay {
  private final Deque<ByteBuf> kept = new ArrayDeque<>();
  private long start;
  private long end;

  void add(ByteBuf clear) {
    end += clear.readableBytes();
    kept.add(clear);
  }

  long bytes() {
    return end - start;
  }

  boolean has(long offset) {
    return offset >= start && offset <= end;
  }

  void dropUntil(long offset) {
    while (start < offset) {
      ByteBuf oldest = kept.element();
      int length = oldest.readableBytes();
      if (length <= offset - start) {
        kept.remove().release();
        start += length;
      } else {
        oldest.skipBytes((int) (offset - start));
        start = offset;
      }
    }
  }

  void forEach(Consumer<ByteBuf> action) {
    kept.forEach(action);
  }

  void release() {
    kept.forEach(ByteBuf::release);
    kept.clear();
    start = end;
  }
}
