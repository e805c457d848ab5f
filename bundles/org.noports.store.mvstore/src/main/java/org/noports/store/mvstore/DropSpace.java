package org.noports.store.mvstore;

import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.noports.api.AtSign;

/** Drops all rows of an atSign but the one that keeps its commit ids from being given again. */
record DropSpace(AtSign atSign) implements Mutation<Boolean> {
  @Override
  public Boolean apply(Edit edit) {
    Optional<Space> space = edit.find(atSign);
    if (space.isEmpty()) {
      return false;
    }
    Tables tables = edit.tables();
    List.of(tables.entries(), tables.log(), tables.due(), tables.queue()).forEach(this::clear);
    edit.memory().forget(atSign);
    edit.save(atSign, space.get().gone());
    return true;
  }

  private void clear(MVMap<byte[], byte[]> map) {
    byte[] prefix = RowKeys.rows(atSign);
    Cursor<byte[], byte[]> rows = Rows.now(map).from(prefix);
    while (rows.hasNext()) {
      byte[] row = rows.next();
      if (!RowKeys.startsWith(row, prefix)) {
        return;
      }
      map.remove(row);
    }
  }
}
