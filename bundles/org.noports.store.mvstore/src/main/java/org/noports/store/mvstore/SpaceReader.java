package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.noports.api.AtSign;
import org.noports.api.store.LogPage;
import org.noports.api.store.StoreEntry;

/**
 * Reads one atSign's rows from a snapshot.
 *
 * @param atSign whose
 */
record SpaceReader(AtSign atSign) {
  Optional<Space> space(Snapshot snapshot) {
    return snapshot
        .spaces
        .get(RowKeys.space(atSign))
        .map(Space::decode)
        .filter(space -> !space.dropped());
  }

  Optional<StoreEntry> get(Snapshot snapshot, String key, Instant now) {
    return entry(snapshot, key).filter(it -> it.visibleAt(now));
  }

  Optional<StoreEntry> stored(Snapshot snapshot, String key) {
    return entry(snapshot, key).filter(it -> !it.deleted());
  }

  private Optional<StoreEntry> entry(Snapshot snapshot, String key) {
    return snapshot
        .entries
        .get(RowKeys.entry(atSign, key))
        .map(bytes -> EntryRow.decode(bytes).entry(key));
  }

  List<StoreEntry> scan(
      Snapshot snapshot, String prefix, Optional<String> after, int limit, Instant now) {
    byte[] within = RowKeys.entry(atSign, prefix);
    byte[] from = after.map(key -> RowKeys.after(RowKeys.entry(atSign, key))).orElse(within);
    Cursor<byte[], byte[]> rows =
        snapshot.entries.from(Arrays.compareUnsigned(from, within) < 0 ? within : from);
    List<StoreEntry> found = new ArrayList<>();
    while (found.size() < limit && rows.hasNext()) {
      byte[] row = rows.next();
      if (!RowKeys.startsWith(row, within)) {
        break;
      }
      StoreEntry entry = EntryRow.decode(rows.getValue()).entry(RowKeys.text(atSign, row, 0));
      if (entry.visibleAt(now)) {
        found.add(entry);
      }
    }
    return List.copyOf(found);
  }

  LogPage log(Snapshot snapshot, long after, String prefix, int limit) {
    Optional<Space> space = space(snapshot);
    if (space.isEmpty() || space.get().lost(after)) {
      return new LogPage(List.of(), space.isPresent());
    }
    byte[] within = RowKeys.rows(atSign);
    Cursor<byte[], byte[]> rows = snapshot.log.from(RowKeys.log(atSign, Math.max(0, after) + 1));
    List<StoreEntry> found = new ArrayList<>();
    while (found.size() < limit && rows.hasNext() && RowKeys.startsWith(rows.next(), within)) {
      String key = new String(rows.getValue(), UTF_8);
      if (key.startsWith(prefix)) {
        entry(snapshot, key).ifPresent(found::add);
      }
    }
    return new LogPage(found, false);
  }

  /** Whether the first of the atSign's rows has a time that has come. */
  boolean isDue(Rows timed, Instant now) {
    Cursor<byte[], byte[]> rows = timed.from(RowKeys.rows(atSign));
    return rows.hasNext() && SweepExpired.isDue(atSign, rows.next(), now.toEpochMilli());
  }
}
