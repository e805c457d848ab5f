package org.noports.store.mvstore;

import java.util.EnumMap;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** Rows in memory that the journal has and the file does not have yet. Written by one thread. */
final class Layer {
  private final Map<Table, MVMap<byte[], byte[]>> maps = new EnumMap<>(Table.class);

  Layer() {
    MVStore memory = new MVStore.Builder().autoCommitDisabled().open();
    for (Table table : Table.values()) {
      maps.put(table, BytesType.map(memory, table));
    }
  }

  /** The row's value, {@link Rows#GONE}, or null if this layer does not know it. */
  byte[] get(Table table, byte[] key) {
    return maps.get(table).get(key);
  }

  void put(Table table, byte[] key, byte[] value) {
    // An empty value may be the very array that stands for a removal.
    maps.get(table).put(key, value == Rows.GONE ? new byte[0] : value);
  }

  void remove(Table table, byte[] key) {
    maps.get(table).put(key, Rows.GONE);
  }

  Rows.Sheet sheet(Table table) {
    return Rows.Sheet.now(maps.get(table));
  }

  boolean isEmpty() {
    return maps.values().stream().allMatch(MVMap::isEmpty);
  }

  /** Another layer with the rows that this sheet had. */
  static void copy(Rows.Sheet from, Table table, Layer to) {
    Cursor<byte[], byte[]> rows = from.map().cursor(from.root(), null, null, false);
    while (rows.hasNext()) {
      byte[] key = rows.next();
      to.maps.get(table).put(key, rows.getValue());
    }
  }
}
