package org.noports.store.mvstore;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;

/** What the {@link Mutation}s of one group work on: the tables as they are, ahead of the disk. */
final class Edit {
  private final Live live;
  private final RequestMemory memory;
  private final Instant now;
  private final Settings settings;
  private final Map<AtSign, Space> spaces = new HashMap<>();
  private final DuePool dues = new DuePool();

  Edit(Live live, RequestMemory memory, Instant now, Settings settings) {
    this.live = live;
    this.memory = memory;
    this.now = now;
    this.settings = settings;
  }

  RequestMemory memory() {
    return memory;
  }

  /** Due times that the whole group shares rows for. */
  DuePool dues() {
    return dues;
  }

  /** The store's time. */
  Instant now() {
    return now;
  }

  /** When a deletion made now may be forgotten. */
  long forgetAtMillis() {
    return now.toEpochMilli() + settings.tombstones().toMillis();
  }

  Optional<byte[]> get(Table table, byte[] key) {
    return live.get(table, key);
  }

  RowCursor from(Table table, byte[] key) {
    return live.from(table, key);
  }

  void put(Table table, byte[] key, byte[] value) {
    live.put(table, key, value);
  }

  void remove(Table table, byte[] key) {
    live.remove(table, key);
  }

  Optional<Space> find(AtSign atSign) {
    return known(atSign).filter(space -> !space.dropped());
  }

  /** The space, be it dropped or not. */
  Optional<Space> known(AtSign atSign) {
    Space changed = spaces.get(atSign);
    return changed == null
        ? live.get(Table.SPACES, RowKeys.space(atSign)).map(Space::decode)
        : Optional.of(changed);
  }

  Space space(AtSign atSign) throws StoreFailed {
    return find(atSign).orElseThrow(() -> gone(atSign));
  }

  void save(AtSign atSign, Space space) {
    spaces.put(atSign, space);
  }

  Optional<EntryRow> row(AtSign atSign, String key) {
    return live.get(Table.ENTRIES, RowKeys.entry(atSign, key)).map(EntryRow::decode);
  }

  /**
   * Writes what was gathered, once for the whole group.
   *
   * @return the atSigns whose log or queue changed
   */
  Set<AtSign> finish() {
    dues.write(this);
    memory.finish(this, settings.rememberedRequests());
    spaces.forEach(
        (atSign, space) -> live.put(Table.SPACES, RowKeys.space(atSign), space.encode()));
    return spaces.keySet();
  }

  static StoreFailed gone(AtSign atSign) {
    return new StoreFailed("The store holds nothing for " + atSign + ": it was dropped");
  }
}
