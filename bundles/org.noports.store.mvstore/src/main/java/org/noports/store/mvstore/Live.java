package org.noports.store.mvstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.store.mvstore.journal.JournalRecord;

/**
 * The tables as the commit thread sees and changes them: the file, above it what a checkpoint is
 * taking in, above that what only the journal has, the group under way included. Each change is
 * noted for the journal, too.
 */
final class Live implements JournalRecord.Rows {
  private final JournalRecord record = new JournalRecord();
  private Layer active = new Layer();
  private Optional<Layer> frozen = Optional.empty();
  private BaseView base;

  Live(BaseView base) {
    this.base = base;
  }

  /** What the group under way has changed. */
  JournalRecord record() {
    return record;
  }

  Optional<byte[]> get(Table table, byte[] key) {
    byte[] value = active.get(table, key);
    if (value == null && frozen.isPresent()) {
      value = frozen.get().get(table, key);
    }
    if (value == null) {
      Rows.Sheet sheet = base.sheet(table);
      value = sheet.map().get(sheet.root().root, key);
    }
    return value == Rows.GONE ? Optional.empty() : Optional.ofNullable(value);
  }

  /** All rows from {@code key} on, in order; changes made meanwhile are not seen. */
  RowCursor from(Table table, byte[] key) {
    List<Rows.Sheet> layers = new ArrayList<>();
    layers.add(active.sheet(table));
    frozen.ifPresent(layer -> layers.add(layer.sheet(table)));
    layers.add(base.sheet(table));
    return new RowCursor(layers, key);
  }

  void put(Table table, byte[] key, byte[] value) {
    record.put(table.ordinal(), key, value);
    active.put(table, key, value);
  }

  void remove(Table table, byte[] key) {
    record.remove(table.ordinal(), key);
    active.remove(table, key);
  }

  /** A row that the journal already has. */
  @Override
  public void put(int table, byte[] key, byte[] value) {
    active.put(Table.of(table), key, value);
  }

  @Override
  public void remove(int table, byte[] key) {
    active.remove(Table.of(table), key);
  }

  /** All tables as they are now. */
  View view() {
    return new View(active, frozen, base);
  }

  boolean isFrozen() {
    return frozen.isPresent();
  }

  /** Whether the file lacks something. */
  boolean isAhead() {
    return frozen.isPresent() || !active.isEmpty();
  }

  /** Begins a new layer; the one so far is for a checkpoint to take in. */
  Layer freeze() {
    Layer full = active;
    frozen = Optional.of(full);
    active = new Layer();
    return full;
  }

  /** The file has what was frozen. */
  void thaw(BaseView newer) {
    frozen = Optional.empty();
    base = newer;
  }

  /** The file was opened anew; what lies above it is the same. */
  void rebase(BaseView newer) {
    base = newer;
  }

  /** Goes back to what {@code kept} showed: the changes since then were not kept. */
  void undo(View kept) {
    record.clear();
    active = kept.activeCopy();
  }
}
