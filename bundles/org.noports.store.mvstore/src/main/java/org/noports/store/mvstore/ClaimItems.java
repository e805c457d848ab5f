package org.noports.store.mvstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.QueueItem;

/**
 * Claims due items: each moves to the time when its lease ends, so that one nobody settles is due
 * again by itself. Items that expired are dropped.
 */
record ClaimItems(AtSign atSign, int limit, Duration lease) implements Mutation<List<QueueItem>> {
  @Override
  public List<QueueItem> apply(Edit edit) throws StoreFailed {
    Space space = edit.space(atSign);
    RowCursor cursor = edit.from(Table.QUEUE, RowKeys.rows(atSign));
    List<QueueItem> claimed = new ArrayList<>();
    long nowMillis = edit.now().toEpochMilli();
    long expired = 0;
    while (claimed.size() < limit && cursor.hasNext()) {
      byte[] row = cursor.next();
      if (!SweepExpired.isDue(atSign, row, nowMillis)) {
        break;
      }
      edit.remove(Table.QUEUE, row);
      ItemRow item = ItemRow.decode(cursor.value());
      if (item.expiresMillis() <= nowMillis) {
        expired++;
      } else {
        Claim claim =
            new Claim(
                edit.now().plus(lease).toEpochMilli(),
                RowKeys.number(atSign, row, 1),
                item.attempts() + 1);
        edit.put(Table.QUEUE, claim.row(atSign), item.claimed().encode());
        claimed.add(item(item, claim));
      }
    }
    if (expired > 0) {
      edit.save(atSign, space.lessItems(expired));
    }
    return List.copyOf(claimed);
  }

  private static QueueItem item(ItemRow item, Claim claim) {
    return new QueueItem(
        item.id(),
        item.recipient(),
        item.payload(),
        claim.attempt(),
        Instant.ofEpochMilli(item.expiresMillis()),
        claim.token());
  }
}
