package org.noports.door.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts what arrives into frames, however it was torn on the way. Not for several threads. */
public final class FrameReader {
  private ByteBuffer torn = ByteBuffer.allocate(Frame.HEADER);

  /**
   * Takes all of {@code arrived}; returns the frames it completes, in order. Those that came whole
   * are views of {@code arrived}: be done with them before it is written to again.
   */
  public List<Frame> take(ByteBuffer arrived) throws MalformedFrame {
    List<Frame> frames = new ArrayList<>();
    while (arrived.hasRemaining()) {
      if (torn.position() == 0 && whole(arrived)) {
        frames.add(cut(arrived));
      } else if (completes(arrived)) {
        frames.add(cut(torn.flip()));
        torn = ByteBuffer.allocate(Frame.HEADER);
      }
    }
    return frames;
  }

  private static boolean whole(ByteBuffer bytes) throws MalformedFrame {
    return bytes.remaining() >= Frame.HEADER && bytes.remaining() >= size(bytes, bytes.position());
  }

  /** Moves what the torn frame lacks, and no more; whether it lacks nothing then. */
  private boolean completes(ByteBuffer arrived) throws MalformedFrame {
    fill(arrived);
    if (!torn.hasRemaining() && torn.capacity() == Frame.HEADER) {
      torn = ByteBuffer.allocate(size(torn, 0)).put(torn.flip());
      fill(arrived);
    }
    return !torn.hasRemaining();
  }

  private void fill(ByteBuffer arrived) {
    int count = Math.min(torn.remaining(), arrived.remaining());
    torn.put(arrived.slice(arrived.position(), count));
    arrived.position(arrived.position() + count);
  }

  /** With its header, which stands at {@code at}. */
  private static int size(ByteBuffer bytes, int at) throws MalformedFrame {
    kind(bytes.get(at));
    return Frame.HEADER + length(bytes.getInt(at + 1));
  }

  private static Frame cut(ByteBuffer bytes) throws MalformedFrame {
    FrameKind kind = kind(bytes.get());
    int length = bytes.getInt();
    ByteBuffer payload = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return new Frame(kind, payload);
  }

  private static FrameKind kind(byte code) throws MalformedFrame {
    return FrameKind.of(code)
        .orElseThrow(() -> new MalformedFrame("no frame begins with byte " + (code & 0xff)));
  }

  private static int length(int length) throws MalformedFrame {
    if (length < 0 || length > Frame.MAX_PAYLOAD) {
      throw new MalformedFrame("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    return length;
  }
}
