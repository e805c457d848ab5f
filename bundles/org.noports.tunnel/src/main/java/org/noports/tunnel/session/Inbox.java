package org.noports.tunnel.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.noports.api.ProtocolViolation;

/**
 * What one stream has received and nobody has read yet, and the credit that the other end has for
 * more of it. The window doubles for whoever reads all of it, so a stream that stalls stays at the
 * first.
 */
final class Inbox {
  /** Each stream begins with it, as yamux has it. */
  static final int FIRST_WINDOW = 256 << 10;

  /** A stalled reader can make us hold as much; a fast one on a long way needs as much. */
  private static final int LARGEST_WINDOW = 1 << 20;

  /** Smaller pieces are copied when they must wait: they would hold a whole record's memory. */
  private static final int WORTH_KEEPING = 8 << 10;

  private final Queue<ByteBuf> waiting = new ArrayDeque<>();

  /** The last that waits, if more small pieces go into it. */
  private ByteBuf crumbs = Unpooled.EMPTY_BUFFER;

  private int window = FIRST_WINDOW;
  private int left = FIRST_WINDOW;
  private int read;
  private boolean asked;
  private boolean ended;
  private boolean endTold;

  void add(ByteBuf piece) throws ProtocolViolation {
    try {
      take(piece.readableBytes());
    } catch (ProtocolViolation e) {
      piece.release();
      throw e;
    }
    if (piece.isReadable() && (asked || piece.readableBytes() > WORTH_KEEPING)) {
      waiting.add(piece);
      crumbs = Unpooled.EMPTY_BUFFER;
    } else {
      keep(piece);
      piece.release();
    }
  }

  /** Small pieces share memory: each costs as much as its credit, and one without content none. */
  private void keep(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (bytes > crumbs.maxWritableBytes()) {
      crumbs = Unpooled.buffer(bytes, WORTH_KEEPING);
      waiting.add(crumbs);
    }
    crumbs.writeBytes(piece);
  }

  private void take(int bytes) throws ProtocolViolation {
    left -= bytes;
    if (left < 0 || ended) {
      throw new ProtocolViolation(
          ended
              ? "frame: data behind a stream's end"
              : "frame: " + -left + " bytes more than the stream has credit for");
    }
  }

  /** Content that nobody is going to read. */
  void skip(int bytes) throws ProtocolViolation {
    take(bytes);
    read += bytes;
  }

  void end() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** Somebody wants to read; true if there is something. */
  boolean ask() {
    asked = true;
    return isDue();
  }

  boolean isDue() {
    return asked && (!waiting.isEmpty() || ended && !endTold);
  }

  /** Gives all of it to who has asked. */
  int take(Consumer<Object> reader) {
    int taken = 0;
    asked = waiting.isEmpty();
    crumbs = Unpooled.EMPTY_BUFFER;
    for (ByteBuf piece = waiting.poll(); piece != null; piece = waiting.poll()) {
      taken += piece.readableBytes();
      reader.accept(piece);
    }
    read += taken;
    return taken;
  }

  /** True once, when all was read and no more will come. */
  boolean endIsNext() {
    boolean now = ended && waiting.isEmpty() && !endTold;
    endTold |= now;
    return now;
  }

  /** How much more the other end may send, if it is worth telling; counts as told. */
  int grant() {
    if (read < window / 2) {
      return 0;
    }
    int larger = Math.min(2 * window, LARGEST_WINDOW);
    int grant = read + larger - window;
    window = larger;
    left += grant;
    read = 0;
    return grant;
  }

  void release() {
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    crumbs = Unpooled.EMPTY_BUFFER;
  }
}
