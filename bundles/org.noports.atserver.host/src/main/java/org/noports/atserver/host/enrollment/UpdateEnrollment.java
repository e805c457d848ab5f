package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;

/**
 * An approved enrollment changes what is its own: the key it authenticates with, the one it signs
 * with, what it says of itself. Never its namespaces (docs/protocol/atprotocol.md 3.6).
 */
public final class UpdateEnrollment {
  private final Tenant tenant;
  private final String id;
  private final EnrollParams params;
  private final Enrollments enrollments;

  /** Refuses what an enrollment may not say of itself. */
  public UpdateEnrollment(Tenant tenant, String id, EnrollParams params) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.id = requireNonNull(id, "id is null");
    this.params = requireNonNull(params, "params is null");
    this.enrollments = new Enrollments(tenant.self(), tenant.records());
    RequestForm.checkUpdate(params);
  }

  /**
   * What must be signed with the new authentication key.
   *
   * @param algorithm of the new key
   * @param key the new public key
   * @param text what is signed
   */
  public record Proof(String algorithm, String key, String text) {
    public Proof {
      requireNonNull(algorithm, "algorithm is null");
      requireNonNull(key, "key is null");
      requireNonNull(text, "text is null");
    }
  }

  /** What shows that the new key is held; empty if the key stays. */
  public CompletionStage<Optional<Proof>> proof() {
    Optional<String> key = params.text(EnrollField.APKAM_PUBLIC_KEY);
    Optional<String> said = params.text(EnrollField.SIGNING_ALGO);
    return enrollments
        .find(id)
        .thenApply(
            found -> {
              Enrollment before = found.orElseThrow(() -> EnrollmentRefusal.unknown(id));
              if (key.isEmpty() && said.isEmpty()) {
                return Optional.empty();
              }
              String algorithm = said.or(() -> before.text("signingAlgo")).orElse("rsa2048");
              String now = key.orElseGet(before::apkamPublicKey);
              return Optional.of(new Proof(algorithm, now, id + "|" + now + "|" + algorithm));
            });
  }

  /** Stores it; what is published of the enrollment changes with it. */
  public CompletionStage<EnrollmentState> store() {
    return enrollments
        .change(id, before -> before.changedTo(params), this::published)
        .thenApply(done -> done.orElseThrow(() -> EnrollmentRefusal.unknown(id)).state());
  }

  private Enrollments.Along.More published(Enrollment after) {
    if (after.state() != EnrollmentState.APPROVED) {
      throw EnrollmentRefusal.notApproved(id, after.state());
    }
    Duration life =
        after
            .expiresAt()
            .map(end -> Duration.between(tenant.records().now(), end))
            .filter(left -> !left.isNegative() && !left.isZero())
            .orElse(Duration.ZERO);
    List<StoreChange> changes = new ArrayList<>();
    boolean signs =
        params.object("apsk").isPresent() || params.text(EnrollField.APSK_LEGACY).isPresent();
    if (signs) {
      changes.addAll(new SigningKeyRecords(tenant.self(), tenant.records()).published(after, life));
    }
    if (params.text(EnrollField.APKAM_PUBLIC_KEY).isPresent()) {
      changes.add(new ConveyedKeys(tenant).publicKey(after));
    }
    return new Enrollments.Along.More(Optional.empty(), changes);
  }

  static Refusal illegal(String message) {
    return new Refusal(ErrorCode.ILLEGAL_ARGUMENTS, "enroll:update " + message);
  }
}
