package org.noports.store.mvstore;

import org.noports.api.AtSign;
import org.noports.api.StoreFailed;

/** Deletes entries whose time has come, and forgets deletions that were remembered long enough. */
record SweepExpired(AtSign atSign, int limit) implements Mutation<Integer> {
  @Override
  public Integer apply(Edit edit) throws StoreFailed {
    EntryEdit entries = new EntryEdit(edit, atSign, edit.space(atSign));
    RowCursor due = edit.from(Table.DUE, RowKeys.rows(atSign));
    long nowMillis = edit.now().toEpochMilli();
    int expired = 0;
    int seen = 0;
    while (seen < limit && due.hasNext()) {
      byte[] row = due.next();
      if (!isDue(atSign, row, nowMillis)) {
        break;
      }
      for (String key : DuePool.take(edit, atSign, row, due.value(), limit - seen)) {
        seen++;
        expired += entries.expire(key) ? 1 : 0;
      }
    }
    if (seen > 0) {
      entries.save();
    }
    return expired;
  }

  /** Whether a row of due times or of a queue is this atSign's and its time has come. */
  static boolean isDue(AtSign atSign, byte[] row, long nowMillis) {
    return RowKeys.startsWith(row, RowKeys.rows(atSign))
        && RowKeys.number(atSign, row, 0) <= nowMillis;
  }
}
