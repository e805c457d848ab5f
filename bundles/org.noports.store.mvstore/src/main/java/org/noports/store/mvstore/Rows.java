package org.noports.store.mvstore;

import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.RootReference;

/**
 * One map as it was at one moment; changes made since cannot be seen through it.
 *
 * @param map the map
 * @param root its pages at that moment
 */
record Rows(MVMap<byte[], byte[]> map, RootReference<byte[], byte[]> root) {
  /** The map as it is now, changes that are not on disk yet included. */
  static Rows now(MVMap<byte[], byte[]> map) {
    return new Rows(map, map.flushAndGetRoot());
  }

  Optional<byte[]> get(byte[] key) {
    return Optional.ofNullable(map.get(root.root, key));
  }

  /** All rows from {@code key} on, in order. */
  Cursor<byte[], byte[]> from(byte[] key) {
    return map.cursor(root, key, null, false);
  }
}
