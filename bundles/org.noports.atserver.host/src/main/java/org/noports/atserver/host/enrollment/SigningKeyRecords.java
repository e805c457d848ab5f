package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * Publishes the key with which an enrollment signs under a name that tells whether the enrollment
 * stands: {@code a} approved, {@code r} revoked, {@code d} deleted or expired. The value is its
 * client's, word for word; who sent none publishes its own.
 */
public final class SigningKeyRecords {
  /** Entries of our own that are born when a key must be withdrawn. */
  private static final String ENDS = KeyNames.OWN + "apsk:";

  private final AtSign self;
  private final Records records;
  private final EnrollmentNames names;

  public SigningKeyRecords(AtSign self, Records records) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.names = new EnrollmentNames(self);
  }

  /** For an enrollment that is approved now and lives that long; for ever if 0. */
  List<StoreChange> published(Enrollment enrollment, Duration life) {
    String id = enrollment.id();
    MetadataChange plain = MetadataChange.NONE;
    return value(enrollment)
        .map(
            value ->
                life.isZero()
                    ? List.of(put(names.signingKey(id), value, plain))
                    : List.of(
                        put(
                            names.signingKey(id),
                            value,
                            plain.with(MetadataField.TTL, life.toMillis())),
                        put(ENDS + id, value, plain.with(MetadataField.TTB, life.toMillis()))))
        .orElse(List.of());
  }

  /** What makes sure that nothing is withdrawn any more when the enrollment's time has come. */
  static StoreChange withdrawn(String id) {
    return new StoreChange.Delete(ENDS + id, false, Precondition.ANY);
  }

  /** Gives the keys of enrollments that have expired the name that says so. */
  public CompletionStage<Void> withdrawExpired() {
    List<StoreChange> batch = new ArrayList<>();
    return records
        .each(
            ENDS,
            entry -> {
              String id = entry.key().substring(ENDS.length());
              batch.add(withdrawn(id));
              batch.add(new StoreChange.Delete(names.signingKey(id), false, Precondition.ANY));
              batch.add(
                  new StoreChange.Delete(names.revokedSigningKey(id), false, Precondition.ANY));
              batch.add(
                  put(
                      names.deletedSigningKey(id),
                      AtRecord.of(entry).value(),
                      MetadataChange.NONE));
            })
        .thenCompose(
            done ->
                batch.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : records.apply(batch).thenAccept(applied -> {}));
  }

  private StoreChange put(String key, String value, MetadataChange said) {
    return records.fresh(key, value, said, self);
  }

  private static Optional<String> value(Enrollment enrollment) {
    return enrollment
        .text("apskLegacy")
        .or(
            () ->
                enrollment.stored().fields().get("apsk") instanceof JsonObject apsk
                    ? Optional.of(apsk.toJson())
                    : Optional.empty());
  }

  /** Gives what is published under {@code from} the name {@code to}. */
  static List<StoreChange> moved(Optional<AtRecord> from, String to) {
    return from.map(
            record ->
                List.<StoreChange>of(
                    new StoreChange.Delete(record.key(), false, Precondition.ANY),
                    Records.put(
                        new AtRecord(to, record.value(), record.metadata(), 0), Precondition.ANY)))
        .orElse(List.of());
  }
}
