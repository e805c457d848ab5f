package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.verb.Enroll.Operation;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;

/**
 * Somebody who may decides about an enrollment: approves, denies, revokes, takes that back, or
 * deletes what was denied or revoked (docs/protocol/atprotocol.md 3.6).
 */
public final class DecideEnrollment {
  private final Tenant tenant;
  private final Enrollments enrollments;
  private final SigningKeyRecords signingKeys;

  public DecideEnrollment(Tenant tenant) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.enrollments = new Enrollments(tenant.self(), tenant.records());
    this.signingKeys = new SigningKeyRecords(tenant.self(), tenant.records());
  }

  /** Does it, and returns what became of the enrollment. */
  public CompletionStage<EnrollmentState> decide(
      Operation operation, EnrollParams params, Access by) {
    Decision decision = Decision.of(operation);
    RequestForm.need(
        params,
        EnrollField.ENROLLMENT_ID,
        "enrollmentId is mandatory for enroll:" + operation.wire());
    if (operation == Operation.APPROVE) {
      needKeys(params);
    }
    String id = params.text(EnrollField.ENROLLMENT_ID).orElseThrow();
    return decision == Decision.DELETE
        ? delete(id, by)
        : published(id).thenCompose(keys -> change(decision, id, params, by, keys));
  }

  private static void needKeys(EnrollParams params) {
    for (EnrollField field :
        List.of(EnrollField.ENCRYPTED_PRIVATE_KEY, EnrollField.ENCRYPTED_SELF_KEY)) {
      RequestForm.need(params, field, field.json() + " is mandatory for enroll:approve");
    }
  }

  private CompletionStage<EnrollmentState> change(
      Decision decision, String id, EnrollParams params, Access by, Published keys) {
    return enrollments
        .change(
            id,
            before -> {
              decision.check(before, by);
              return before.in(decision.after());
            },
            after -> along(decision, after, params, keys))
        .thenApply(done -> done.orElseThrow(() -> EnrollmentRefusal.unknown(id)).state());
  }

  private Enrollments.Along.More along(
      Decision decision, Enrollment after, EnrollParams params, Published keys) {
    EnrollmentNames names = enrollments.names();
    return switch (decision) {
      case APPROVE -> {
        Duration life = Duration.ofMillis(after.keysExpiryMillis());
        yield new Enrollments.Along.More(Optional.of(life), approved(after, params, life));
      }
      case REVOKE ->
          more(SigningKeyRecords.moved(keys.standing(), names.revokedSigningKey(after.id())));
      case UNREVOKE -> more(SigningKeyRecords.moved(keys.revoked(), names.signingKey(after.id())));
      default -> Enrollments.Along.More.NOTHING;
    };
  }

  private static Enrollments.Along.More more(List<StoreChange> changes) {
    return new Enrollments.Along.More(Optional.empty(), changes);
  }

  private List<StoreChange> approved(Enrollment after, EnrollParams params, Duration life) {
    List<StoreChange> changes =
        new ArrayList<>(new ConveyedKeys(tenant).changes(after.id(), params, life));
    changes.addAll(signingKeys.published(after, life));
    changes.add(new ConveyedKeys(tenant).publicKey(after));
    return changes;
  }

  private CompletionStage<EnrollmentState> delete(String id, Access by) {
    return enrollments
        .find(id)
        .thenCombine(
            published(id),
            (found, keys) -> {
              Enrollment before = found.orElseThrow(() -> EnrollmentRefusal.unknown(id));
              Decision.DELETE.check(before, by);
              String deleted = enrollments.names().deletedSigningKey(id);
              List<StoreChange> along =
                  new ArrayList<>(SigningKeyRecords.moved(keys.standing(), deleted));
              along.addAll(SigningKeyRecords.moved(keys.revoked(), deleted));
              along.add(SigningKeyRecords.withdrawn(id));
              return enrollments.remove(before, along);
            })
        .thenCompose(removing -> removing)
        .thenApply(done -> EnrollmentState.DELETED);
  }

  /** The enrollment's signing key as it is published now, under either name. */
  private record Published(Optional<AtRecord> standing, Optional<AtRecord> revoked) {}

  private CompletionStage<Published> published(String id) {
    EnrollmentNames names = enrollments.names();
    return tenant
        .records()
        .get(names.signingKey(id))
        .thenCombine(tenant.records().get(names.revokedSigningKey(id)), Published::new);
  }
}
