package org.noports.store.mvstore;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;

/**
 * Applies a batch that its writer has gathered until now. What the writer throws is given to the
 * writer alone, by the supplier.
 *
 * @param atSign whose space it changes
 * @param changes asked once
 */
record ApplyGathered(AtSign atSign, Supplier<List<StoreChange>> changes)
    implements Mutation<Supplier<BatchResult>> {
  @Override
  public Supplier<BatchResult> apply(Edit edit) throws StoreFailed {
    edit.space(atSign);
    List<StoreChange> gathered;
    try {
      gathered = List.copyOf(changes.get());
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
    Optional<StoreFailed> tooLarge = Limits.tooLarge(gathered);
    if (tooLarge.isPresent()) {
      throw tooLarge.get();
    }
    BatchResult result = new ApplyBatch(atSign, Optional.empty(), gathered).apply(edit);
    return () -> result;
  }
}
