package org.noports.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/** The header of one frame as it comes in, and as it is written (RFC 6455 section 5.2). */
final class WebSocketHeader {
  static final int CONTINUATION = 0;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** Section 5.5: what a control frame may carry. */
  static final int LONGEST_CONTROL = 125;

  private static final int LONGEST = 14;
  private static final int MASKED = 0x80;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final boolean masked;
  private final ByteBuf read = Unpooled.buffer(LONGEST);
  private int first;
  private long length;
  private int mask;

  /**
   * For the frames of one side.
   *
   * @param masked whether that side has to mask
   */
  WebSocketHeader(boolean masked) {
    this.masked = masked;
  }

  /** Takes what it needs; true once a header is whole and its fields may be asked. */
  boolean complete(ByteBuf in) throws IOException {
    while (in.isReadable() && read.readableBytes() < needed()) {
      read.writeByte(in.readByte());
    }
    if (read.readableBytes() < needed()) {
      return false;
    }
    parse();
    read.clear();
    return true;
  }

  private int needed() {
    if (read.readableBytes() < 2) {
      return 2;
    }
    int told = read.getByte(1) & 0x7f;
    int more = told == EIGHT_BYTES ? 8 : told == TWO_BYTES ? 2 : 0;
    return 2 + more + (masked ? 4 : 0);
  }

  private void parse() throws IOException {
    first = read.readUnsignedByte();
    int second = read.readUnsignedByte();
    int told = second & 0x7f;
    length =
        told == EIGHT_BYTES ? read.readLong() : told == TWO_BYTES ? read.readUnsignedShort() : told;
    boolean isMasked = (second & MASKED) != 0;
    if (isMasked != masked) {
      throw new IOException("a WebSocket frame is " + (masked ? "not masked" : "masked"));
    }
    mask = masked ? read.readInt() : 0;
    boolean known = opcode() == CONTINUATION || opcode() == BINARY;
    boolean control = opcode() == CLOSE || opcode() == PING || opcode() == PONG;
    if ((first & 0x70) != 0 || !(known || control) || length < 0) {
      throw new IOException("a WebSocket frame is of a kind that was not agreed on");
    }
    if (control && (length > LONGEST_CONTROL || !isFinal())) {
      throw new IOException("a WebSocket control frame is too long, or in pieces");
    }
  }

  int opcode() {
    return first & 0x0f;
  }

  boolean isFinal() {
    return (first & 0x80) != 0;
  }

  boolean isControl() {
    return opcode() >= CLOSE;
  }

  /** What follows belongs to this frame. */
  long length() {
    return length;
  }

  /** 0 for a frame that is not masked, which changes nothing. */
  int mask() {
    return mask;
  }

  /** The header of an unmasked frame. */
  static ByteBuf write(ByteBufAllocator allocator, int first, int length) {
    return start(allocator, first, length, 0);
  }

  /** The header of a masked frame. */
  static ByteBuf write(ByteBufAllocator allocator, int first, int length, int mask) {
    return start(allocator, first, length, MASKED).writeInt(mask);
  }

  private static ByteBuf start(ByteBufAllocator allocator, int first, int length, int maskBit) {
    ByteBuf header = allocator.buffer(LONGEST).writeByte(first);
    if (length <= LONGEST_CONTROL) {
      return header.writeByte(maskBit | length);
    }
    return length <= 0xffff
        ? header.writeByte(maskBit | TWO_BYTES).writeShort(length)
        : header.writeByte(maskBit | EIGHT_BYTES).writeLong(length);
  }

  /**
   * Masks or unmasks in place (section 5.3).
   *
   * @param position of the first byte in its frame
   */
  static void mask(ByteBuf bytes, int mask, int position) {
    if (mask == 0) {
      return;
    }
    int turned = Integer.rotateLeft(mask, (position & 3) * 8);
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    for (; at + 4 <= end; at += 4) {
      bytes.setInt(at, bytes.getInt(at) ^ turned);
    }
    for (; at < end; at++) {
      bytes.setByte(at, bytes.getByte(at) ^ (turned >>> 24));
      turned = Integer.rotateLeft(turned, 8);
    }
  }
}
