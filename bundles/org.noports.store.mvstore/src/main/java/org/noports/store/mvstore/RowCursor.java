package org.noports.store.mvstore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.Cursor;

/** Goes through the rows of a table in order, layer over layer. */
final class RowCursor {
  /** One layer's next row. */
  private static final class Lane {
    final Cursor<byte[], byte[]> cursor;
    byte[] key;

    Lane(Rows.Sheet layer, byte[] from) {
      this.cursor = layer.map().cursor(layer.root(), from, null, false);
      step();
    }

    void step() {
      key = cursor.hasNext() ? cursor.next() : null;
    }
  }

  private final List<Lane> lanes;
  private byte[] key;
  private byte[] value;
  private boolean ready;

  RowCursor(List<Rows.Sheet> layers, byte[] from) {
    lanes = new ArrayList<>(layers.size());
    layers.forEach(layer -> lanes.add(new Lane(layer, from)));
  }

  boolean hasNext() {
    while (!ready && advance()) {
      ready = value != Rows.GONE;
    }
    return ready;
  }

  /** The next row's key; {@link #value} is its value from then on. */
  byte[] next() {
    if (!hasNext()) {
      throw new java.util.NoSuchElementException("No row is left");
    }
    ready = false;
    return key;
  }

  byte[] value() {
    return value;
  }

  /** Goes to the smallest key of all layers; the newest layer that has it says its value. */
  private boolean advance() {
    key = null;
    for (Lane lane : lanes) {
      if (lane.key != null && (key == null || Arrays.compareUnsigned(lane.key, key) < 0)) {
        key = lane.key;
        value = lane.cursor.getValue();
      }
    }
    if (key == null) {
      return false;
    }
    for (Lane lane : lanes) {
      if (lane.key != null && Arrays.equals(lane.key, key)) {
        lane.step();
      }
    }
    return true;
  }
}
