package org.noports.atserver.host.enrollment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * Publishes the key with which an enrollment signs under a name that tells whether the enrollment
 * stands: {@code a} approved, {@code r} revoked, {@code d} deleted or expired. The value is its
 * client's, word for word; who sent none publishes its own.
 */
final class SigningKeyRecords {
  private final AtSign self;
  private final Records records;
  private final EnrollmentNames names;

  SigningKeyRecords(AtSign self, Records records) {
    this.self = self;
    this.records = records;
    this.names = new EnrollmentNames(self);
  }

  /** For an enrollment that is approved now; at its end the name changes by itself. */
  List<StoreChange> published(Enrollment enrollment, Duration life) {
    return value(enrollment)
        .map(
            value ->
                life.isZero()
                    ? List.of(put(names.signingKey(enrollment.id()), value, MetadataChange.NONE))
                    : List.of(
                        put(names.signingKey(enrollment.id()), value, until(life)),
                        put(names.deletedSigningKey(enrollment.id()), value, from(life))))
        .orElse(List.of());
  }

  private static MetadataChange until(Duration life) {
    return MetadataChange.NONE.with(MetadataField.TTL, life.toMillis());
  }

  private static MetadataChange from(Duration life) {
    return MetadataChange.NONE.with(MetadataField.TTB, life.toMillis());
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
