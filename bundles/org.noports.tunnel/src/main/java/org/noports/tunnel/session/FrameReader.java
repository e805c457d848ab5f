package org.noports.tunnel.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.noports.api.ProtocolViolation;

/** Cuts a byte stream into frames; content is handed on in the pieces in which it comes. */
final class FrameReader {
  /** Who is told of frames. */
  interface Listener {
    /** A frame; if it is data, its content follows. */
    void frame(Frame frame) throws ProtocolViolation;

    /**
     * Content of the last frame; the listener owns it.
     *
     * @param last whether it is the last of it; told also for data without content
     */
    void content(Frame frame, ByteBuf piece, boolean last) throws ProtocolViolation;
  }

  /** No frame of ours is longer than a record; one of this length would be a mistake. */
  static final int MOST_CONTENT = 1 << 20;

  private static final Frame NONE = new Frame(Frame.PING, 0, 0, 0);

  private final Listener listener;
  private final ByteBuf header = Unpooled.buffer(Frame.HEADER_BYTES, Frame.HEADER_BYTES);
  private Frame current = NONE;
  private int left;

  FrameReader(Listener listener) {
    this.listener = listener;
  }

  /** Reads all of {@code bytes} and releases it. */
  void read(ByteBuf bytes) throws ProtocolViolation {
    try {
      while (bytes.isReadable()) {
        if (left > 0) {
          int size = Math.min(left, bytes.readableBytes());
          left -= size;
          listener.content(current, bytes.readRetainedSlice(size), left == 0);
        } else {
          header(bytes);
        }
      }
    } finally {
      bytes.release();
    }
  }

  private void header(ByteBuf bytes) throws ProtocolViolation {
    if (!header.isReadable() && bytes.readableBytes() >= Frame.HEADER_BYTES) {
      begin(Frame.read(bytes));
      return;
    }
    int missing = Frame.HEADER_BYTES - header.readableBytes();
    header.writeBytes(bytes, Math.min(missing, bytes.readableBytes()));
    if (!header.isWritable()) {
      Frame frame = Frame.read(header);
      header.clear();
      begin(frame);
    }
  }

  private void begin(Frame frame) throws ProtocolViolation {
    current = frame;
    listener.frame(frame);
    if (frame.type() == Frame.DATA) {
      left = frame.length();
      if (left < 0 || left > MOST_CONTENT) {
        throw new ProtocolViolation("frame: " + Integer.toUnsignedString(left) + " bytes of data");
      }
      if (left == 0) {
        listener.content(frame, Unpooled.EMPTY_BUFFER, true);
      }
    }
  }
}
