package org.noports.store.mvstore.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One record while it is written. It is used again for the next one.
 *
 * <p>On disk: 4 bytes length of the rows, 4 bytes CRC-32C over all that follows and the length, 8
 * bytes sequence number, then the rows; all big-endian. A row: 1 byte table, 4 bytes length of the
 * key, key, 4 bytes length of the value or -1 for a removal, value.
 */
public final class JournalRecord {
  static final int HEAD = 16;
  private static final int GONE = -1;

  /** A record that grew beyond this gives its memory back. */
  private static final int KEPT = 1 << 20;

  private ByteBuffer bytes = ByteBuffer.allocate(KEPT / 8).position(HEAD);

  /** Receives the rows of a record that is read. */
  public interface Rows {
    void put(int table, byte[] key, byte[] value);

    void remove(int table, byte[] key);
  }

  public void put(int table, byte[] key, byte[] value) {
    row(table, key, value.length);
    room(value.length).put(value);
  }

  public void remove(int table, byte[] key) {
    row(table, key, GONE);
  }

  private void row(int table, byte[] key, int valueLength) {
    room(1 + 4 + key.length + 4).put((byte) table).putInt(key.length).put(key).putInt(valueLength);
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      int needed = Math.addExact(bytes.position(), more);
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed);
      bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), capacity)).position(bytes.position());
    }
    return bytes;
  }

  public boolean isEmpty() {
    return bytes.position() == HEAD;
  }

  /** Numbers and closes the record; the bytes are valid until {@link #clear}. */
  ByteBuffer sealed(long sequence) {
    int end = bytes.position();
    bytes.putInt(0, end - HEAD).putLong(8, sequence);
    return bytes.putInt(4, checksum(bytes.array(), end)).duplicate().flip();
  }

  /** Forgets the rows. */
  public void clear() {
    if (bytes.capacity() > KEPT) {
      bytes = ByteBuffer.allocate(KEPT / 8);
    }
    bytes.clear().position(HEAD);
  }

  static int checksum(byte[] record, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, 4);
    checksum.update(record, 8, end - 8);
    return (int) checksum.getValue();
  }

  /** Gives out the rows of a record's body. */
  static void read(ByteBuffer body, Rows rows) {
    while (body.hasRemaining()) {
      int table = body.get();
      byte[] key = part(body, body.getInt());
      int length = body.getInt();
      if (length == GONE) {
        rows.remove(table, key);
      } else {
        rows.put(table, key, part(body, length));
      }
    }
  }

  private static byte[] part(ByteBuffer body, int length) {
    byte[] part = new byte[length];
    body.get(part);
    return part;
  }
}
