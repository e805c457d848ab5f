package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.LogPage;
import org.noports.api.store.StoreEntry;

/**
 * Reads one atSign's rows from a view.
 *
 * @param atSign whose
 */
record SpaceReader(AtSign atSign) {
  Optional<Space> space(View view) {
    return view.rows(Table.SPACES)
        .get(RowKeys.space(atSign))
        .map(Space::decode)
        .filter(space -> !space.dropped());
  }

  /** The entry if what only the journal has tells of it, or that there is none. */
  Optional<Optional<StoreEntry>> inMemory(View view, String key) {
    return view.rows(Table.ENTRIES)
        .inMemory(RowKeys.entry(atSign, key))
        .map(
            row -> row.map(bytes -> EntryRow.decode(bytes).entry(key)).filter(it -> !it.deleted()));
  }

  Optional<StoreEntry> stored(View view, String key) {
    return entry(view, key).filter(it -> !it.deleted());
  }

  private Optional<StoreEntry> entry(View view, String key) {
    return view.rows(Table.ENTRIES)
        .get(RowKeys.entry(atSign, key))
        .map(bytes -> EntryRow.decode(bytes).entry(key));
  }

  List<StoreEntry> scan(View view, String prefix, Optional<String> after, int limit, Instant now) {
    byte[] within = RowKeys.entry(atSign, prefix);
    byte[] from = after.map(key -> RowKeys.after(RowKeys.entry(atSign, key))).orElse(within);
    RowCursor rows =
        view.rows(Table.ENTRIES).from(Arrays.compareUnsigned(from, within) < 0 ? within : from);
    List<StoreEntry> found = new ArrayList<>();
    while (found.size() < limit && rows.hasNext()) {
      byte[] row = rows.next();
      if (!RowKeys.startsWith(row, within)) {
        break;
      }
      StoreEntry entry = EntryRow.decode(rows.value()).entry(RowKeys.text(atSign, row, 0));
      if (entry.visibleAt(now)) {
        found.add(entry);
      }
    }
    return List.copyOf(found);
  }

  LogPage log(View view, long after, String prefix, int limit) {
    Optional<Space> space = space(view);
    if (space.isEmpty() || space.get().lost(after)) {
      return new LogPage(List.of(), space.isPresent());
    }
    byte[] within = RowKeys.rows(atSign);
    RowCursor rows = view.rows(Table.LOG).from(RowKeys.log(atSign, Math.max(0, after) + 1));
    List<StoreEntry> found = new ArrayList<>();
    while (found.size() < limit && rows.hasNext() && RowKeys.startsWith(rows.next(), within)) {
      String key = new String(rows.value(), UTF_8);
      if (key.startsWith(prefix)) {
        entry(view, key).ifPresent(found::add);
      }
    }
    return new LogPage(found, false);
  }

  /** Whether the first of the atSign's rows has a time that has come. */
  boolean isDue(Rows timed, Instant now) {
    RowCursor rows = timed.from(RowKeys.rows(atSign));
    return rows.hasNext() && SweepExpired.isDue(atSign, rows.next(), now.toEpochMilli());
  }
}
