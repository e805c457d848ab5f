package org.noports.store.mvstore;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All tables as they were when one group of batches had been kept: what readers see. Reads never
 * see what a power cut could still undo.
 */
final class View {
  private final BaseView base;
  private final Map<Table, Rows> rows = new EnumMap<>(Table.class);

  View(Layer active, Optional<Layer> frozen, BaseView base) {
    this.base = base;
    for (Table table : Table.values()) {
      Stream<Layer> layers = Stream.concat(Stream.of(active), frozen.stream());
      Stream<Rows.Sheet> sheets = layers.map(layer -> layer.sheet(table));
      rows.put(table, new Rows(Stream.concat(sheets, Stream.of(base.sheet(table))).toList()));
    }
  }

  Rows rows(Table table) {
    return rows.get(table);
  }

  /** The rows of the active layer alone, as they were. */
  Layer activeCopy() {
    Layer copy = new Layer();
    rows.forEach((table, all) -> Layer.copy(all.layers().get(0), table, copy));
    return copy;
  }

  /** Takes it for reading; false if it was replaced meanwhile, or the file is being closed. */
  boolean take() {
    return base.take();
  }

  /** Lets go of what {@link #take} took. */
  void release() {
    base.release();
  }
}
