package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.noports.api.AtSign;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * An atSign's enrollments in its store. Each has a record under the name that the atProtocol gives,
 * and beside it an entry of our own by which all of them are found without reading everything.
 */
public final class Enrollments {
  private static final String INDEX = KeyNames.OWN + "en:";

  private final AtSign self;
  private final Records records;
  private final EnrollmentNames names;

  public Enrollments(AtSign self, Records records) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.names = new EnrollmentNames(self);
  }

  EnrollmentNames names() {
    return names;
  }

  /** The enrollment of that id, unless there is none or it has expired. */
  public CompletionStage<Optional<Enrollment>> find(String id) {
    return records
        .get(names.record(id))
        .thenApply(found -> found.map(record -> Enrollment.of(id, record)));
  }

  /** All that have not expired, by id. */
  public CompletionStage<List<Enrollment>> all() {
    List<String> ids = new ArrayList<>();
    return records
        .each(INDEX, entry -> ids.add(entry.key().substring(INDEX.length())))
        .thenCompose(done -> load(ids));
  }

  private CompletionStage<List<Enrollment>> load(List<String> ids) {
    CompletionStage<List<Enrollment>> loading =
        CompletableFuture.completedFuture(new ArrayList<>());
    for (String id : ids) {
      loading =
          loading.thenCombine(
              find(id),
              (list, found) -> {
                found.ifPresent(list::add);
                return list;
              });
    }
    return loading;
  }

  /**
   * The changes that store a new enrollment, gone by itself after {@code life} if that is not 0.
   */
  List<StoreChange> added(Enrollment enrollment, Duration life) {
    Metadata metadata = lasting(life).store(Optional.empty(), self, records.now());
    return stored(enrollment, metadata, Precondition.ABSENT);
  }

  private static MetadataChange lasting(Duration life) {
    return life.isZero()
        ? MetadataChange.NONE.with(MetadataField.TTL, "null")
        : MetadataChange.NONE.with(MetadataField.TTL, life.toMillis());
  }

  private List<StoreChange> stored(
      Enrollment enrollment, Metadata metadata, Precondition precondition) {
    AtRecord record =
        new AtRecord(names.record(enrollment.id()), enrollment.stored().toJson(), metadata, 0);
    AtRecord index = new AtRecord(INDEX + enrollment.id(), "", metadata, 0);
    return List.of(Records.put(record, precondition), Records.put(index, Precondition.ANY));
  }

  /**
   * Replaces an enrollment by what {@code next} makes of it, together with what {@code along} adds.
   * Repeats when somebody else was faster.
   *
   * @return the enrollment as it is stored now; empty if there is none
   */
  CompletionStage<Optional<Enrollment>> change(
      String id, UnaryOperator<Enrollment> next, Along along) {
    return records
        .get(names.record(id))
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : changed(id, found.get(), next, along));
  }

  private CompletionStage<Optional<Enrollment>> changed(
      String id, AtRecord found, UnaryOperator<Enrollment> next, Along along) {
    Enrollment after = next.apply(Enrollment.of(id, found));
    Along.More more = along.of(after);
    Instant now = records.now();
    Metadata metadata =
        more.life()
            .map(life -> lasting(life).store(Optional.of(found.metadata()), self, now))
            .orElseGet(() -> found.metadata().with(MetadataField.UPDATED_AT, now));
    List<StoreChange> batch =
        new ArrayList<>(stored(after, metadata, new Precondition.Version(found.version())));
    batch.addAll(more.changes());
    return records
        .apply(batch)
        .thenCompose(
            result ->
                result instanceof BatchResult.Applied
                    ? CompletableFuture.completedFuture(
                        Optional.of(
                            new Enrollment(
                                id, after.stored(), metadata.time(MetadataField.EXPIRES_AT))))
                    : change(id, next, along));
  }

  /** What is stored in the same batch as a changed enrollment. */
  interface Along {
    /** Called with the enrollment as it will be; again if somebody else was faster. */
    More of(Enrollment after);

    /**
     * What is added.
     *
     * @param life how long the enrollment lives from now on, for ever if 0; empty leaves it
     * @param changes beside the enrollment itself
     */
    record More(Optional<Duration> life, List<StoreChange> changes) {
      static final More NOTHING = new More(Optional.empty(), List.of());
    }
  }

  /** Takes the enrollment out, together with what {@code along} says. */
  CompletionStage<Void> remove(Enrollment enrollment, List<StoreChange> along) {
    List<StoreChange> batch = new ArrayList<>(along);
    for (String key :
        List.of(
            names.record(enrollment.id()),
            INDEX + enrollment.id(),
            names.privateKey(enrollment.id()),
            names.selfKey(enrollment.id()))) {
      batch.add(new StoreChange.Delete(key, false, Precondition.ANY));
    }
    return records.apply(batch).thenAccept(done -> {});
  }
}
