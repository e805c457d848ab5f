package org.noports.store.mvstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;

/**
 * Applies a batch whole or not at all; answers a repeated request as the first time.
 *
 * @param atSign whose space it changes
 * @param requestId empty if it is never repeated
 * @param changes in order
 */
record ApplyBatch(AtSign atSign, Optional<String> requestId, List<StoreChange> changes)
    implements Mutation<BatchResult> {
  @Override
  public BatchResult apply(Edit edit) throws StoreFailed {
    return apply(edit, new HashMap<>());
  }

  /**
   * The same.
   *
   * @param looked rows that were looked at already
   */
  BatchResult apply(Edit edit, Map<String, Optional<EntryRow>> looked) throws StoreFailed {
    Space space = edit.space(atSign);
    Optional<BatchResult> before =
        requestId.flatMap(id -> edit.memory().recall(atSign, id, edit.now()));
    if (before.isPresent()) {
      return before.get();
    }
    BatchResult result = refusal(edit, looked).orElseGet(() -> applied(edit, space, looked));
    requestId.ifPresent(id -> edit.memory().remember(edit, atSign, id, result));
    return result;
  }

  /** Preconditions are held against what was there before the batch. */
  private Optional<BatchResult> refusal(Edit edit, Map<String, Optional<EntryRow>> looked) {
    for (int i = 0; i < changes.size(); i++) {
      StoreChange change = changes.get(i);
      if (change instanceof StoreChange.Put put
          && (put.logged() || !(put.precondition() instanceof StoreChange.Precondition.Fresh))
          && !holds(edit, put.key(), put.precondition(), looked)) {
        return Optional.of(new BatchResult.Refused(i, put.key()));
      }
      if (change instanceof StoreChange.Delete delete
          && !holds(edit, delete.key(), delete.precondition(), looked)) {
        return Optional.of(new BatchResult.Refused(i, delete.key()));
      }
    }
    return Optional.empty();
  }

  private boolean holds(
      Edit edit,
      String key,
      StoreChange.Precondition precondition,
      Map<String, Optional<EntryRow>> looked) {
    if (precondition instanceof StoreChange.Precondition.Any) {
      return true;
    }
    Optional<EntryRow> row = looked.computeIfAbsent(key, name -> edit.row(atSign, name));
    Optional<EntryRow> present = row.filter(it -> it.presentAt(edit.now()));
    if (precondition instanceof StoreChange.Precondition.Version wanted) {
      return present.filter(it -> it.version() == wanted.version()).isPresent();
    }
    if (precondition instanceof StoreChange.Precondition.NotImmutable) {
      return present.filter(EntryRow::immutable).isEmpty();
    }
    return present.isEmpty();
  }

  private BatchResult applied(Edit edit, Space space, Map<String, Optional<EntryRow>> looked) {
    EntryEdit entries = new EntryEdit(edit, atSign, space, looked);
    List<Long> commitIds = new ArrayList<>(changes.size());
    for (StoreChange change : changes) {
      if (change instanceof StoreChange.Put put) {
        commitIds.add(entries.put(put));
      } else if (change instanceof StoreChange.Delete delete) {
        commitIds.add(entries.delete(delete.key(), delete.logged()));
      } else if (change instanceof StoreChange.Enqueue item) {
        entries.enqueue(item);
        commitIds.add(EntryRow.UNLOGGED);
      }
    }
    entries.save();
    return new BatchResult.Applied(commitIds);
  }
}
