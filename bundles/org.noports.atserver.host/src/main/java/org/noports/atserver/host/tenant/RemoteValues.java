package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.peer.PeerLinks;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.Response;

/**
 * Other atSigns' values, read for our owner: from the cache while its owner allows that, else from
 * the owner's atServer (docs/protocol/atprotocol.md 4.2).
 */
public final class RemoteValues {
  /**
   * Public keys are cached for good by the reference, which compares them at each new connection;
   * asking again after an hour comes to the same without holding up connections.
   */
  private static final Duration KEY_FRESH = Duration.ofHours(1);

  private final AtSign self;
  private final Records records;
  private final PeerLinks links;

  public RemoteValues(AtSign self, Records records, PeerLinks links) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.links = requireNonNull(links, "links is null");
  }

  /** What {@code owner} shows everybody; fails with {@link Refusal} or PeerTrouble. */
  public CompletionStage<AtRecord> publicValue(String name, AtSign owner, boolean bypassCache) {
    return value("public:" + name + owner, name, owner, bypassCache, PeerLinks.Purpose.PUBLIC);
  }

  /** What {@code owner} shares with us. */
  public CompletionStage<AtRecord> sharedValue(String name, AtSign owner, boolean bypassCache) {
    String key = self + ":" + name + owner;
    return value(key, name, owner, bypassCache, PeerLinks.Purpose.SHARED);
  }

  private CompletionStage<AtRecord> value(
      String key, String name, AtSign owner, boolean bypass, PeerLinks.Purpose purpose) {
    CompletionStage<Optional<AtRecord>> cached =
        bypass
            ? CompletableFuture.completedFuture(Optional.empty())
            : records.get("cached:" + key).thenApply(found -> found.filter(this::fresh));
    return cached.thenCompose(
        found ->
            found
                .<CompletionStage<AtRecord>>map(CompletableFuture::completedFuture)
                .orElseGet(
                    () ->
                        links
                            .call(owner, purpose, "lookup:all:" + name + owner)
                            .thenApply(answer -> fetched(key, owner, answer))));
  }

  private boolean fresh(AtRecord cached) {
    Instant now = records.now();
    Metadata metadata = cached.metadata();
    if (isPublicKey(cached.key())) {
      return metadata
          .time(MetadataField.UPDATED_AT)
          .map(at -> now.isBefore(at.plus(KEY_FRESH)))
          .orElse(false);
    }
    return metadata.whole(MetadataField.TTR).map(ttr -> ttr == -1).orElse(false)
        || metadata.time(MetadataField.REFRESH_AT).map(at -> !now.isAfter(at)).orElse(false);
  }

  private static boolean isPublicKey(String key) {
    return key.contains("public:publickey@");
  }

  private AtRecord fetched(String key, AtSign owner, Response answer) {
    if (answer instanceof Response.Data data && !data.text().equals("null")) {
      AtRecord record = parse(key, owner, data.text());
      long ttr = record.metadata().whole(MetadataField.TTR).orElse(0L);
      if (ttr != 0 || isPublicKey(key)) {
        AtRecord copy = new AtRecord("cached:" + key, record.value(), record.metadata(), 0);
        // The answer need not wait: a copy that is not kept is fetched again.
        records.apply(List.of(Records.put(copy, Precondition.ANY)));
      }
      return record;
    }
    Refusal refusal = Refusals.of(key, answer);
    if (Refusals.isMissing(refusal) && !isPublicKey(key)) {
      records.delete("cached:" + key, List.of());
    }
    throw refusal;
  }

  /** Lives no longer than the original, and is to be fetched anew after its ttr. */
  private Metadata copied(Metadata original, AtSign owner) {
    Metadata copy =
        MetadataChange.of(original.without(MetadataField.TTB))
            .store(Optional.empty(), owner, records.now());
    for (MetadataField kept : List.of(MetadataField.EXPIRES_AT, MetadataField.CREATED_AT)) {
      Optional<String> text = original.text(kept);
      copy = text.isPresent() ? copy.with(kept, text.get()) : copy;
    }
    return copy;
  }

  private AtRecord parse(String key, AtSign owner, String text) {
    try {
      JsonObject json = JsonObject.parse("the answer of " + owner + "'s atServer", text);
      JsonObject metadata = json.object("metaData").orElseGet(() -> JsonObject.builder().build());
      return new AtRecord(
          json.text("key").orElse(key),
          json.text("data").orElse("null"),
          copied(Metadata.parse(metadata), owner),
          0);
    } catch (ProtocolViolation e) {
      throw Refusals.unreadable(e);
    }
  }
}
