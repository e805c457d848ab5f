package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;

/**
 * What follows when another atSign has a new public key: the key that we share with it was given
 * away under the old one, so it is set aside, and our clients cut a new one
 * (docs/protocol/atprotocol.md 4.1).
 */
final class PeerKeys {
  private final AtSign self;
  private final Records records;

  PeerKeys(AtSign self, Records records) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
  }

  /** The changes that go with storing {@code copy}; none unless it says another key than before. */
  CompletionStage<List<StoreChange>> along(AtSign peer, AtRecord copy) {
    return records
        .get(copy.key())
        .thenCompose(
            before ->
                before.filter(old -> !old.value().equals(copy.value())).isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : setAside(peer));
  }

  private CompletionStage<List<StoreChange>> setAside(AtSign peer) {
    String key = "shared_key." + peer.bare() + self;
    String until = "shared_key." + peer.bare() + ".until." + records.now().toEpochMilli() + self;
    return records.get(key).thenApply(found -> renamed(found, key, until));
  }

  private static List<StoreChange> renamed(Optional<AtRecord> found, String key, String until) {
    List<StoreChange> changes = new ArrayList<>();
    found.ifPresent(
        shared -> {
          AtRecord kept = new AtRecord(until, shared.value(), shared.metadata(), 0);
          changes.add(Records.put(kept, Precondition.ANY));
          changes.add(new StoreChange.Delete(key, true, Precondition.ANY));
        });
    return changes;
  }
}
