package org.noports.store.mvstore;

import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.QueueOutcome;

/** Settles a claim; one that ended and was followed by another claim changes nothing. */
record SettleItem(AtSign atSign, String token, QueueOutcome outcome) implements Mutation<Void> {
  @Override
  public Void apply(Edit edit) throws StoreFailed {
    Space space = edit.space(atSign);
    MVMap<byte[], byte[]> queue = edit.tables().queue();
    Optional<Claim> claim = Claim.of(token);
    Optional<ItemRow> item =
        claim
            .map(it -> queue.get(it.row(atSign)))
            .map(ItemRow::decode)
            .filter(it -> it.attempts() == claim.get().attempt());
    if (item.isEmpty()) {
      return null;
    }
    queue.remove(claim.get().row(atSign));
    if (outcome instanceof QueueOutcome.Retry retry) {
      byte[] row = RowKeys.item(atSign, retry.dueAt().toEpochMilli(), claim.get().sequence());
      queue.put(row, item.get().encode());
    } else {
      edit.save(atSign, space.lessItems(1));
    }
    return null;
  }
}
