package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.MetadataChange;

/**
 * Somebody asks for keys of their own (docs/protocol/atprotocol.md 3.6). With the atSign's secret
 * they are approved at once and are its first keys; otherwise they wait, and those who can approve
 * them are told.
 */
public final class RequestEnrollment {
  /** Who asks. */
  public enum Asking {
    /** Whoever shows a passcode. */
    STRANGER,
    /** A connection that has keys already. */
    ENROLLED,
    /** The holder of the atSign's secret. */
    FOUNDER
  }

  private final Tenant tenant;
  private final Enrollments enrollments;

  public RequestEnrollment(Tenant tenant) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.enrollments = new Enrollments(tenant.self(), tenant.records());
  }

  /**
   * Stores the request; fails with a {@link Refusal} that says what is wrong with it.
   *
   * @param session of the connection that asks
   * @param from the peer's address, for reports
   */
  public CompletionStage<Enrollment> ask(
      EnrollParams params, String session, Asking asking, String from) {
    RequestForm.check(params, asking);
    Enrollment asked = Enrollment.asked(UUID.randomUUID().toString(), session, params);
    return admitted(params, asking, from)
        .thenCompose(
            spent ->
                unique(asked)
                    .thenCompose(
                        none ->
                            asking == Asking.FOUNDER
                                ? found(asked, params)
                                : await(asked, spent, from)));
  }

  private CompletionStage<List<StoreChange>> admitted(
      EnrollParams params, Asking asking, String from) {
    if (asking != Asking.STRANGER) {
      return CompletableFuture.completedFuture(List.of());
    }
    return new Passcodes(tenant.self(), tenant.records())
        .spent(params.text(EnrollField.OTP).orElse(""))
        .thenCompose(spent -> spent.map(this::accepted).orElseGet(() -> wrongPasscode(from)));
  }

  private CompletionStage<List<StoreChange>> accepted(List<StoreChange> spent) {
    return CompletableFuture.completedFuture(spent);
  }

  /** Guessing is slow, and slower each time; nobody's thread waits. */
  private <T> CompletionStage<T> wrongPasscode(String from) {
    tenant.happenings().wrongPasscode(tenant.self(), from);
    Duration wait = tenant.wrongPasscodes().next(tenant.limits().enrollment().firstDelay());
    CompletableFuture<T> later = new CompletableFuture<>();
    CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, tenant.workers())
        .execute(
            () ->
                later.completeExceptionally(
                    new Refusal(
                        ErrorCode.INTERNAL_EXCEPTION,
                        "invalid otp. Cannot process enroll request",
                        false)));
    return later;
  }

  private CompletionStage<Void> unique(Enrollment asked) {
    return enrollments
        .all()
        .thenAccept(
            all ->
                all.stream()
                    .filter(other -> rivals(asked, other))
                    .findFirst()
                    .ifPresent(RequestEnrollment::refuseTwin));
  }

  private static boolean rivals(Enrollment asked, Enrollment other) {
    boolean stands =
        other.state() == EnrollmentState.PENDING || other.state() == EnrollmentState.APPROVED;
    return stands
        && asked.appName().equals(other.appName())
        && asked.deviceName().equals(other.deviceName());
  }

  private static void refuseTwin(Enrollment other) {
    throw new Refusal(
        ErrorCode.INTERNAL_EXCEPTION,
        "Another enrollment with id "
            + other.id()
            + " exists with the app name: "
            + other.appName()
            + " and device name: "
            + other.deviceName()
            + " in "
            + other.state().wire()
            + " state",
        false);
  }

  /** In the order in which lists have always shown them. */
  private static Map<String, String> everything() {
    Map<String, String> namespaces = new LinkedHashMap<>();
    namespaces.put(Access.MANAGE, "rw");
    namespaces.put(Access.ALL, "rw");
    return namespaces;
  }

  private CompletionStage<Enrollment> found(Enrollment asked, EnrollParams params) {
    Enrollment first = asked.withNamespaces(everything()).in(EnrollmentState.APPROVED);
    Duration life = Duration.ofMillis(first.keysExpiryMillis());
    List<StoreChange> batch = new ArrayList<>(enrollments.added(first, life));
    batch.addAll(new ConveyedKeys(tenant).changes(first.id(), params, life));
    batch.addAll(new SigningKeyRecords(tenant.self(), tenant.records()).published(first, life));
    batch.add(
        tenant
            .records()
            .fresh(
                KeyNames.PKAM_PUBLIC_KEY,
                first.apkamPublicKey(),
                MetadataChange.NONE,
                tenant.self()));
    return tenant.records().apply(batch).thenApply(done -> first);
  }

  private CompletionStage<Enrollment> await(
      Enrollment asked, List<StoreChange> spent, String from) {
    List<StoreChange> batch = new ArrayList<>(spent);
    batch.addAll(enrollments.added(asked, tenant.limits().enrollment().pendingLife()));
    return tenant
        .monitors()
        .receive(ApprovalRequests.of(asked, tenant), batch)
        .thenCompose(
            stored ->
                stored
                    ? CompletableFuture.completedFuture(asked)
                    // Somebody else has used the code up in this very moment.
                    : wrongPasscode(from));
  }
}
