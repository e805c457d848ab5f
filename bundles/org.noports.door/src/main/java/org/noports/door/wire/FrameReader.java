package org.noports.door.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts what arrives into frames, however it was torn on the way. Not for several threads. */
public final class FrameReader {
  private ByteBuffer pending = ByteBuffer.allocate(1024);

  /** Takes all of {@code arrived}; returns the frames it completes, in order. */
  public List<Frame> take(ByteBuffer arrived) throws MalformedFrame {
    room(arrived.remaining());
    pending.put(arrived).flip();
    List<Frame> frames = new ArrayList<>();
    while (pending.remaining() >= Frame.HEADER) {
      FrameKind kind = kind(pending.get(pending.position()));
      int length = length(pending.getInt(pending.position() + 1));
      if (pending.remaining() < Frame.HEADER + length) {
        break;
      }
      pending.position(pending.position() + Frame.HEADER);
      byte[] payload = new byte[length];
      pending.get(payload);
      frames.add(new Frame(kind, ByteBuffer.wrap(payload)));
    }
    pending.compact();
    return frames;
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

  private void room(int more) {
    if (pending.remaining() < more) {
      int size = Math.max(2 * pending.capacity(), pending.position() + more);
      pending = ByteBuffer.allocate(size).put(pending.flip());
    }
  }
}
