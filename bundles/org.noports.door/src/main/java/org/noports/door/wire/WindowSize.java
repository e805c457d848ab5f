package org.noports.door.wire;

import java.nio.ByteBuffer;

/**
 * A terminal's size; what nobody can mean becomes 80 by 24.
 *
 * @param columns characters in a line
 * @param rows lines
 */
public record WindowSize(int columns, int rows) {
  private static final int LARGEST = 10_000;

  /** What a terminal is that does not say. */
  public static final WindowSize USUAL = new WindowSize(80, 24);

  public WindowSize {
    columns = columns < 1 || columns > LARGEST ? 80 : columns;
    rows = rows < 1 || rows > LARGEST ? 24 : rows;
  }

  /** This size as a frame. */
  public Frame frame() {
    ByteBuffer payload = ByteBuffer.allocate(4);
    payload.putShort((short) columns).putShort((short) rows);
    return new Frame(FrameKind.RESIZE, payload.flip());
  }

  /** Reads a caller's new size. */
  public static WindowSize of(Frame frame) throws MalformedFrame {
    int both = frame.number();
    return new WindowSize(both >>> 16, both & 0xffff);
  }
}
