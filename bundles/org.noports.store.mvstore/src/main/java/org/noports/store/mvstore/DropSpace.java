package org.noports.store.mvstore;

import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;

/** Drops all rows of an atSign but the one that keeps its commit ids from being given again. */
record DropSpace(AtSign atSign) implements Mutation<Boolean> {
  @Override
  public Boolean apply(Edit edit) {
    Optional<Space> space = edit.find(atSign);
    if (space.isEmpty()) {
      return false;
    }
    clear(edit, atSign);
    edit.memory().forget(edit, atSign);
    edit.save(atSign, space.get().gone());
    return true;
  }

  /** Removes all rows of an atSign but that of its space. */
  static void clear(Edit edit, AtSign atSign) {
    edit.dues().forget(atSign);
    for (Table table : List.of(Table.ENTRIES, Table.LOG, Table.DUE, Table.QUEUE)) {
      byte[] prefix = RowKeys.rows(atSign);
      RowCursor rows = edit.from(table, prefix);
      while (rows.hasNext()) {
        byte[] row = rows.next();
        if (!RowKeys.startsWith(row, prefix)) {
          break;
        }
        edit.remove(table, row);
      }
    }
  }
}
