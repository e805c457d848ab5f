package org.noports.store.mvstore;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;

/**
 * What a {@link Mutation} works on: the maps as they are in memory, ahead of the disk.
 *
 * @param tables the maps
 * @param memory of requests
 * @param now the store's time
 * @param tombstoneMillis how long a deletion is remembered
 * @param changed atSigns whose log or queue changed
 */
record Edit(
    Tables tables, RequestMemory memory, Instant now, long tombstoneMillis, Set<AtSign> changed) {
  Optional<Space> find(AtSign atSign) {
    return Optional.ofNullable(tables.spaces().get(RowKeys.space(atSign)))
        .map(Space::decode)
        .filter(space -> !space.dropped());
  }

  Space space(AtSign atSign) throws StoreFailed {
    return find(atSign).orElseThrow(() -> gone(atSign));
  }

  void save(AtSign atSign, Space space) {
    tables.spaces().put(RowKeys.space(atSign), space.encode());
    changed.add(atSign);
  }

  Optional<EntryRow> row(AtSign atSign, String key) {
    return Optional.ofNullable(tables.entries().get(RowKeys.entry(atSign, key)))
        .map(EntryRow::decode);
  }

  static StoreFailed gone(AtSign atSign) {
    return new StoreFailed("The store holds nothing for " + atSign + ": it was dropped");
  }
}
