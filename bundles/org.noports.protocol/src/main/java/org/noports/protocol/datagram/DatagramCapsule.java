package org.noports.protocol.datagram;

import java.nio.ByteBuffer;

/**
 * One datagram as a capsule: type DATAGRAM, length, context 0, payload (RFC 9297 3.2 and 3.5, RFC
 * 9298 5); numbers are QUIC's variable-length integers (RFC 9000 16).
 */
public final class DatagramCapsule {
  /** What UDP can carry at most (RFC 9298 5). */
  public static final int LARGEST_PAYLOAD = 65_527;

  static final long TYPE = 0x00;
  static final long CONTEXT = 0x00;

  private static final int ONE_BYTE = 1 << 6;
  private static final int TWO_BYTES = 1 << 14;
  private static final int LONGEST_HEAD = 1 + Integer.BYTES + 1;

  private DatagramCapsule() {}

  /** What stands in front of a payload of {@code length} bytes. */
  public static ByteBuffer head(int length) {
    if (length < 0 || length > LARGEST_PAYLOAD) {
      throw new IllegalArgumentException("A datagram cannot have " + length + " bytes");
    }
    ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD).put((byte) TYPE);
    int inside = length + 1;
    if (inside < ONE_BYTE) {
      head.put((byte) inside);
    } else if (inside < TWO_BYTES) {
      head.putShort((short) (0x4000 | inside));
    } else {
      head.putInt(0x8000_0000 | inside);
    }
    return head.put((byte) CONTEXT).flip();
  }
}
