package org.noports.store.mvstore;

import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;

/**
 * Takes in a part of an atSign's rows. Until the last part is there the atSign is not; what an
 * interrupted import left is cleared by the next one, or when the atSign is made.
 *
 * @param atSign whose
 * @param rows this part's
 * @param first whether this is the first part: then what there is goes
 * @param space what the atSign is to be with the last part; empty before
 */
record ImportRows(AtSign atSign, List<Row> rows, boolean first, Optional<Space> space)
    implements Mutation<Boolean> {
  /** A row to be taken in. */
  sealed interface Row {
    /** How many bytes it takes, about. */
    int bytes();
  }

  /** An entry or a deletion. */
  record Entry(String key, EntryRow row) implements Row {
    @Override
    public int bytes() {
      return key.length() + row.value().length + row.metadata().length;
    }
  }

  /** An item of the queue. */
  record Item(long dueMillis, long sequence, ItemRow row) implements Row {
    @Override
    public int bytes() {
      return row.payload().length;
    }
  }

  /** A remembered request. */
  record Request(RequestRow row) implements Row {
    @Override
    public int bytes() {
      return row.requestId().length();
    }
  }

  @Override
  public Boolean apply(Edit edit) throws StoreFailed {
    if (first) {
      new DropSpace(atSign).apply(edit);
      DropSpace.clear(edit, atSign);
    }
    for (Row row : rows) {
      take(edit, row);
    }
    space.ifPresent(to -> edit.save(atSign, edit.known(atSign).map(to::after).orElse(to)));
    return true;
  }

  private void take(Edit edit, Row row) {
    if (row instanceof Entry entry) {
      EntryEdit.link(edit, atSign, entry.key(), entry.row());
    } else if (row instanceof Item item) {
      byte[] key = RowKeys.item(atSign, item.dueMillis(), item.sequence());
      edit.put(Table.QUEUE, key, item.row().encode());
    } else if (row instanceof Request request) {
      edit.memory().remember(edit, atSign, request.row().requestId(), request.row().result());
    }
  }
}
