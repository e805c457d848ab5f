package org.noports.store.mvstore;

import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.RootReference;

/**
 * One table as it was at one moment: newer layers above older ones, a removal in a newer one hiding
 * what lies below. Changes made since cannot be seen through it.
 *
 * @param layers the newest first
 */
record Rows(List<Sheet> layers) {
  /** Stands for a removal; known by its identity, so it never leaves the memory. */
  static final byte[] GONE = new byte[0];

  /**
   * One map's pages at one moment.
   *
   * @param map the map
   * @param root its pages at that moment
   */
  record Sheet(MVMap<byte[], byte[]> map, RootReference<byte[], byte[]> root) {
    /** The map as it is now. */
    static Sheet now(MVMap<byte[], byte[]> map) {
      return new Sheet(map, map.flushAndGetRoot());
    }
  }

  Rows {
    layers = List.copyOf(layers);
  }

  Optional<byte[]> get(byte[] key) {
    for (Sheet layer : layers) {
      byte[] value = layer.map().get(layer.root().root, key);
      if (value != null) {
        return value == GONE ? Optional.empty() : Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /**
   * What the layers in memory say of {@code key}: its value, that it is gone, or, with the outer
   * one empty, nothing. The last layer is the file's; it is not asked.
   */
  Optional<Optional<byte[]>> inMemory(byte[] key) {
    for (Sheet layer : layers.subList(0, layers.size() - 1)) {
      byte[] value = layer.map().get(layer.root().root, key);
      if (value != null) {
        return Optional.of(value == GONE ? Optional.empty() : Optional.of(value));
      }
    }
    return Optional.empty();
  }

  /** All rows from {@code key} on, in order. */
  RowCursor from(byte[] key) {
    return new RowCursor(layers, key);
  }
}
