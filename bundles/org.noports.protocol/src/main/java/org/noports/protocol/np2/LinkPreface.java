package org.noports.protocol.np2;

import java.nio.ByteBuffer;
import org.noports.api.ProtocolViolation;

/**
 * A link's first bytes each way, in clear: what this is, and which link under which epoch's keys.
 * Both ends send the same; each end's first record proves that it meant what it sent.
 *
 * @param link the link's number in its session, from 0
 * @param epoch which root's keys it begins with, from 0
 */
public record LinkPreface(int link, int epoch) {
  /** Magic (4), version (1), three zeros, link number (4), epoch (4). */
  public static final int LENGTH = 16;

  /** The only version there is. */
  public static final int VERSION = 1;

  /** No text begins with its first byte, so that no line protocol takes it for its own. */
  private static final int MAGIC = 0x894e5032;

  public LinkPreface {
    if (link < 0 || epoch < 0) {
      throw new IllegalArgumentException("No link has number " + link + " or epoch " + epoch);
    }
  }

  /** The preface as it travels. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH)
        .putInt(MAGIC)
        .putInt(VERSION << 24)
        .putInt(link)
        .putInt(epoch)
        .array();
  }

  /**
   * Reads {@value #LENGTH} bytes.
   *
   * @throws ProtocolViolation if they are not a preface of this version
   */
  public static LinkPreface read(byte[] bytes) throws ProtocolViolation {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A preface has " + LENGTH + " bytes");
    }
    var buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt() != MAGIC) {
      throw new ProtocolViolation("What came first is no preface of an NP2 link");
    }
    int version = buffer.getInt();
    if (version != VERSION << 24) {
      throw new ProtocolViolation(
          "The preface has version " + (version >>> 24) + " or bits that version 1 does not know");
    }
    int link = buffer.getInt();
    int epoch = buffer.getInt();
    if (link < 0 || epoch < 0) {
      throw new ProtocolViolation("The preface has a link number or an epoch above 2^31 - 1");
    }
    return new LinkPreface(link, epoch);
  }
}
