package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;

/** What a socket has said so far: one line of bounded length, and what came behind it. */
final class FirstLine implements AutoCloseable {
  private final ByteBuf read = Unpooled.buffer(256);

  /** Copies and releases {@code bytes}. */
  void add(ByteBuf bytes) {
    try {
      read.writeBytes(bytes);
    } finally {
      bytes.release();
    }
  }

  /** The first byte, once there is one. */
  Optional<Byte> begin() {
    return read.isReadable() ? Optional.of(read.getByte(read.readerIndex())) : Optional.empty();
  }

  /** Takes the line out, without its newline, once it is complete and not too long. */
  Optional<String> take(int most) {
    int length = read.bytesBefore(searched(most), (byte) '\n');
    if (length < 0) {
      return Optional.empty();
    }
    String line = read.readCharSequence(length, ISO_8859_1).toString();
    read.skipBytes(1);
    return Optional.of(line);
  }

  /** Whether no line has ended where the longest must have. */
  boolean tooLong(int most) {
    return searched(most) == most;
  }

  private int searched(int most) {
    return Math.min(read.readableBytes(), most);
  }

  /** How many bytes are held. */
  int length() {
    return read.readableBytes();
  }

  /** What came behind the line; the caller releases it. */
  List<ByteBuf> beyond() {
    return read.isReadable() ? List.of(read.retainedSlice()) : List.of();
  }

  @Override
  public void close() {
    read.release();
  }
}
