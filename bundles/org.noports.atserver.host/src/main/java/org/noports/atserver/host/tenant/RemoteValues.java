package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.peer.PeerLinks;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.key.KeyKind;
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

  private static final String CACHED = "cached:";

  /** How long a public value that its owner lets nobody keep is listed among our copies. */
  private static final Duration LISTED = Duration.ofHours(24);

  private final AtSign self;
  private final Records records;
  private final PeerLinks links;
  private final PeerKeys peerKeys;

  public RemoteValues(AtSign self, Records records, PeerLinks links) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.links = requireNonNull(links, "links is null");
    this.peerKeys = new PeerKeys(self, records);
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
            : records.get(CACHED + key).thenApply(found -> found.filter(this::fresh));
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
        // The answer need not wait: a copy that is not kept is fetched again.
        keep(new AtRecord(CACHED + key, record.value(), record.metadata(), 0), owner);
      } else if (key.startsWith("public:")) {
        note(new AtRecord(CACHED + key, record.value(), forADay(record.metadata()), 0));
      }
      return record;
    }
    Refusal refusal = Refusals.of(key, answer);
    if (Refusals.isMissing(refusal) && !isPublicKey(key)) {
      records.delete(CACHED + key, List.of());
    }
    throw refusal;
  }

  /** Never served from here, but listed, and synced to the owner's devices. */
  private void note(AtRecord copy) {
    records
        .get(copy.key())
        .thenCompose(
            found ->
                found.filter(known -> known.value().equals(copy.value())).isPresent()
                    ? CompletableFuture.completedFuture(null)
                    : records.apply(List.of(Records.put(copy, Precondition.ANY))));
  }

  private Metadata forADay(Metadata copied) {
    Instant end = records.now().plus(LISTED);
    Optional<Instant> own = copied.time(MetadataField.EXPIRES_AT).filter(end::isAfter);
    return copied.with(MetadataField.EXPIRES_AT, own.orElse(end));
  }

  private void keep(AtRecord copy, AtSign owner) {
    StoreChange stored = Records.put(copy, Precondition.ANY);
    CompletionStage<List<StoreChange>> along =
        isPublicKey(copy.key())
            ? peerKeys.along(owner, copy)
            : CompletableFuture.completedFuture(List.of());
    along.thenCompose(
        more -> records.apply(Stream.concat(Stream.of(stored), more.stream()).toList()));
  }

  /**
   * Fetches anew what we have copies of and may no longer show (docs/protocol/atprotocol.md 4.2).
   * Never fails: what cannot be fetched now is fetched when somebody asks for it.
   */
  CompletionStage<Void> refresh() {
    List<AtKey> stale = new ArrayList<>();
    return records
        .each(
            CACHED,
            entry -> {
              AtRecord copy = AtRecord.of(entry);
              if (copy.metadata().time(MetadataField.REFRESH_AT).isPresent() && !fresh(copy)) {
                stale.add(key(copy.key()));
              }
            })
        .thenCompose(done -> fetchAll(stale));
  }

  private CompletionStage<Void> fetchAll(List<AtKey> stale) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (AtKey key : stale) {
      done = done.thenCompose(before -> fetch(key)).handle((record, failure) -> null);
    }
    return done;
  }

  private CompletionStage<AtRecord> fetch(AtKey key) {
    AtSign owner = key.owner().orElseThrow();
    return key.kind() == KeyKind.PUBLIC
        ? publicValue(key.name(), owner, true)
        : sharedValue(key.name(), owner, true);
  }

  private static AtKey key(String text) {
    try {
      return AtKey.parse(text);
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("A copy has a key that is none: " + text, e);
    }
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
