package org.noports.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.testkit.TestClock;

/**
 * A batch that is handed to a store whose power may fail: a value, a note for a minute, an item of
 * the queue; or, where nobody repeats it, the value alone.
 *
 * @param value empty to delete the key
 * @param once whether it is gathered, and the store remembers nothing of it
 */
record PowerCutBatch(int atSign, String id, String key, Optional<String> value, boolean once) {
  CompletionStage<BatchResult> submit(AtSignStore space, TestClock clock) {
    return once
        ? space.gathered(key.length(), () -> List.of(change()))
        : space.apply(id, changes(clock));
  }

  List<StoreChange> changes(TestClock clock) {
    return List.of(
        change(),
        PowerCutNotes.change(id, clock),
        new StoreChange.Enqueue(
            id, "@x", id.getBytes(UTF_8), clock.instant(), clock.instant().plusSeconds(1 << 20)));
  }

  private StoreChange change() {
    return value
        .<StoreChange>map(
            text ->
                new StoreChange.Put(
                    key,
                    text.getBytes(UTF_8),
                    new byte[0],
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    StoreChange.Precondition.ANY))
        .orElseGet(() -> new StoreChange.Delete(key, true, StoreChange.Precondition.ANY));
  }
}
