package org.noports.protocol.np2;

import org.noports.api.ProtocolViolation;

/**
 * What stands in clear before a record, and is its additional data: the length of what follows (3
 * bytes, ciphertext with tag) and the type (1 byte). Packed into an int as on the wire.
 */
public final class RecordHeader {
  /** Bytes of a header. */
  public static final int LENGTH = 4;

  /** Most clear bytes in a record: enough for full speed, little enough to hold one in memory. */
  public static final int MAX_CLEAR = 64 * 1024;

  private RecordHeader() {}

  /** The header of a record of which {@code sealed} bytes follow, tag included. */
  public static int of(int sealed, RecordType type) {
    return sealed << 8 | type.code();
  }

  /** How many bytes follow. */
  public static int sealed(int header) {
    return header >>> 8;
  }

  /** The record's type, of a header that was checked. */
  public static RecordType type(int header) {
    return RecordType.ofCode(header & 0xff);
  }

  /**
   * Refuses what no record begins with, before a byte of it is waited for.
   *
   * @param tag length of the cipher's tag
   */
  public static void check(int header, int tag) throws ProtocolViolation {
    int sealed = sealed(header);
    if (sealed < tag || sealed > MAX_CLEAR + tag) {
      throw new ProtocolViolation(
          "A record of " + sealed + " bytes is not between " + tag + " and " + (MAX_CLEAR + tag));
    }
    if (!RecordType.isCode(header & 0xff)) {
      throw new ProtocolViolation("There is no record type " + (header & 0xff));
    }
  }
}
