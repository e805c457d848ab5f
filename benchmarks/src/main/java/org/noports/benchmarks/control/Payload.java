package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Two hundred bytes without a line end, with the time at their beginning. */
final class Payload {
  static final int LENGTH = 200;
  private static final byte MARK = '#';
  private static final int DIGITS = 16;

  private Payload() {}

  static byte[] stamped(long nanos) {
    byte[] bytes = new byte[LENGTH];
    Arrays.fill(bytes, (byte) 'x');
    bytes[0] = MARK;
    String digits = String.format("%016x", nanos);
    System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, bytes, 1, DIGITS);
    return bytes;
  }

  static long stamp(ByteBuf piece) {
    int mark = piece.indexOf(piece.readerIndex(), piece.writerIndex(), MARK);
    return Long.parseLong(piece.toString(mark + 1, DIGITS, StandardCharsets.US_ASCII), DIGITS);
  }
}
