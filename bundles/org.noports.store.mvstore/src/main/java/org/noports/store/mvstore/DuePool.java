package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.noports.api.AtSign;

/**
 * Due times of keys that are used once: those of one group of batches that fall into one second
 * share a row, which says where to look at its end. Whatever became of a key meanwhile, its entry
 * says when it expires.
 *
 * <p>A row of the table is named by its first key; its value has the others, each behind four bytes
 * of length, and is empty where a key has a row of its own.
 */
final class DuePool {
  /** Bounds what a sweep has to take at once. */
  private static final int MOST_KEYS = 64;

  private static final long SECOND = 1000;

  private record Place(AtSign atSign, long dueMillis) {}

  private final Map<Place, List<String>> keys = new HashMap<>();

  void add(AtSign atSign, long dueMillis, String key) {
    keys.computeIfAbsent(new Place(atSign, end(dueMillis)), place -> new ArrayList<>()).add(key);
  }

  /** The end of that second; a time beyond all clocks stays as it is. */
  private static long end(long dueMillis) {
    return dueMillis > Long.MAX_VALUE - SECOND
        ? dueMillis
        : -Math.floorDiv(-dueMillis, SECOND) * SECOND;
  }

  /** An atSign whose rows go, those that are not written yet, too. */
  void forget(AtSign atSign) {
    keys.keySet().removeIf(place -> place.atSign().equals(atSign));
  }

  void write(Edit edit) {
    keys.forEach(
        (place, all) -> {
          for (int from = 0; from < all.size(); from += MOST_KEYS) {
            List<String> some = all.subList(from, Math.min(all.size(), from + MOST_KEYS));
            put(edit, place.atSign(), place.dueMillis(), some);
          }
        });
    keys.clear();
  }

  private static void put(Edit edit, AtSign atSign, long dueMillis, List<String> some) {
    ByteArrayOutputStream others = new ByteArrayOutputStream();
    for (String key : some.subList(1, some.size())) {
      byte[] bytes = key.getBytes(UTF_8);
      others.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length).array());
      others.writeBytes(bytes);
    }
    edit.put(Table.DUE, RowKeys.due(atSign, dueMillis, some.get(0)), others.toByteArray());
  }

  /**
   * The keys of a row that is due, at most {@code limit} of them. The row goes; what is left of it
   * has another one.
   */
  static List<String> take(Edit edit, AtSign atSign, byte[] row, byte[] value, int limit) {
    List<String> all = new ArrayList<>();
    all.add(RowKeys.text(atSign, row, Long.BYTES));
    ByteBuffer others = ByteBuffer.wrap(value);
    while (others.hasRemaining()) {
      byte[] key = new byte[others.getInt()];
      others.get(key);
      all.add(new String(key, UTF_8));
    }
    edit.remove(Table.DUE, row);
    List<String> taken = all.subList(0, Math.min(limit, all.size()));
    List<String> left = all.subList(taken.size(), all.size());
    if (!left.isEmpty()) {
      put(edit, atSign, RowKeys.number(atSign, row, 0), left);
    }
    return taken;
  }
}
