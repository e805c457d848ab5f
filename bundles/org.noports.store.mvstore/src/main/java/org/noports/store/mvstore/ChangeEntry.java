package org.noports.store.mvstore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/**
 * Reads an entry and applies what its writer makes of it. What the writer throws is given to the
 * writer alone, by the supplier: the others of the group have nothing to do with it.
 */
record ChangeEntry(
    AtSign atSign,
    Optional<String> requestId,
    String key,
    Function<Optional<StoreEntry>, List<StoreChange>> next)
    implements Mutation<Supplier<BatchResult>> {
  @Override
  public Supplier<BatchResult> apply(Edit edit) throws StoreFailed {
    edit.space(atSign);
    Optional<BatchResult> before =
        requestId.flatMap(id -> edit.memory().recall(atSign, id, edit.now()));
    if (before.isPresent()) {
      return before::get;
    }
    Optional<EntryRow> row = edit.row(atSign, key);
    List<StoreChange> changes;
    try {
      Optional<StoreEntry> entry = row.map(it -> it.entry(key)).filter(it -> !it.deleted());
      changes = List.copyOf(next.apply(entry));
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
    Optional<StoreFailed> tooLarge = Limits.tooLarge(changes);
    if (tooLarge.isPresent()) {
      throw tooLarge.get();
    }
    Map<String, Optional<EntryRow>> looked = new HashMap<>();
    looked.put(key, row);
    BatchResult result = new ApplyBatch(atSign, requestId, changes).apply(edit, looked);
    return () -> result;
  }
}
