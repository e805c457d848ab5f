package org.noports.store.mvstore;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.QueueOutcome;

/** Settles a claim; one that ended and was followed by another claim changes nothing. */
record SettleItem(AtSign atSign, String token, QueueOutcome outcome) implements Mutation<Void> {
  @Override
  public Void apply(Edit edit) throws StoreFailed {
    Space space = edit.space(atSign);
    Optional<Claim> claim = Claim.of(token);
    Optional<ItemRow> item =
        claim
            .flatMap(it -> edit.get(Table.QUEUE, it.row(atSign)))
            .map(ItemRow::decode)
            .filter(it -> it.attempts() == claim.get().attempt());
    if (item.isEmpty()) {
      return null;
    }
    edit.remove(Table.QUEUE, claim.get().row(atSign));
    if (outcome instanceof QueueOutcome.Retry retry) {
      byte[] row = RowKeys.item(atSign, retry.dueAt().toEpochMilli(), claim.get().sequence());
      edit.put(Table.QUEUE, row, item.get().encode());
    } else {
      edit.save(atSign, space.lessItems(1));
    }
    return null;
  }
}
