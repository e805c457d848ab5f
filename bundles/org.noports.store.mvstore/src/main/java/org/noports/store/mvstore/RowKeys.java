package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.noports.api.AtSign;

/**
 * How rows are named: the atSign, a zero byte, and what tells the row apart within the atSign.
 *
 * <p>All atSigns share the maps, so that thousands of them cost nothing but their rows. No atSign
 * contains a zero byte. Numbers are big-endian and never negative, so that bytes sort as they do.
 */
final class RowKeys {
  private RowKeys() {}

  static byte[] space(AtSign atSign) {
    return atSign.name().getBytes(UTF_8);
  }

  /** What all rows of an atSign start with. */
  static byte[] rows(AtSign atSign) {
    byte[] name = space(atSign);
    return Arrays.copyOf(name, name.length + 1);
  }

  static byte[] entry(AtSign atSign, String key) {
    return join(rows(atSign), key.getBytes(UTF_8));
  }

  static byte[] log(AtSign atSign, long commitId) {
    return join(rows(atSign), number(commitId));
  }

  static byte[] due(AtSign atSign, long millis, String key) {
    return join(rows(atSign), number(millis), key.getBytes(UTF_8));
  }

  static byte[] item(AtSign atSign, long dueMillis, long sequence) {
    return join(rows(atSign), number(dueMillis), number(sequence));
  }

  static byte[] request(long sequence) {
    return number(sequence);
  }

  /** The row that directly follows {@code key}, whether or not it exists. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The text behind the atSign and {@code skip} more bytes. */
  static String text(AtSign atSign, byte[] row, int skip) {
    int from = rows(atSign).length + skip;
    return new String(row, from, row.length - from, UTF_8);
  }

  /** The {@code index}th number behind the atSign. */
  static long number(AtSign atSign, byte[] row, int index) {
    return ByteBuffer.wrap(row).getLong(rows(atSign).length + index * Long.BYTES);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
