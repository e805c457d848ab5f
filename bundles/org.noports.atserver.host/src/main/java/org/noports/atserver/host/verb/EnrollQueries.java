package org.noports.atserver.host.verb;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.Enrollment;
import org.noports.atserver.host.enrollment.EnrollmentNames;
import org.noports.atserver.host.enrollment.EnrollmentRefusal;
import org.noports.atserver.host.enrollment.EnrollmentState;
import org.noports.atserver.host.enrollment.Enrollments;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Response;

/** What may be asked about enrollments (atprotocol.md 3.6). */
final class EnrollQueries {
  private EnrollQueries() {}

  /** {@code enroll:list}: all for whoever manages them, else the asking one. */
  static CompletionStage<Response> list(EnrollParams params, Dialogue dialogue) {
    Optional<List<EnrollmentState>> wanted = params.statusFilter().map(EnrollQueries::states);
    Access access = dialogue.access();
    EnrollmentNames names = new EnrollmentNames(dialogue.self());
    return enrollments(dialogue)
        .all()
        .thenApply(
            all -> {
              JsonObject.Builder answer = JsonObject.builder();
              all.stream()
                  .filter(found -> mayKnow(access, found.id()))
                  .filter(found -> wanted.map(s -> s.contains(found.state())).orElse(true))
                  .forEach(found -> answer.put(names.record(found.id()), found.shown()));
              return new Response.Data(answer.build().toJson());
            });
  }

  private static List<EnrollmentState> states(List<String> words) {
    return words.stream()
        .map(
            word ->
                EnrollmentState.of(word)
                    .orElseThrow(
                        () ->
                            new Refusal(
                                ErrorCode.INVALID_ENROLLMENT_STATUS,
                                "enrollmentStatusFilter has an unknown status")))
        .toList();
  }

  private static boolean mayKnow(Access access, String id) {
    return access.seesEnrollments() || access.enrollmentId().equals(Optional.of(id));
  }

  /** {@code enroll:fetch}: one. Who may not know an enrollment is told that there is none. */
  static CompletionStage<Response> fetch(EnrollParams params, Dialogue dialogue) {
    String id =
        params
            .text(EnrollField.ENROLLMENT_ID)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.INTERNAL_EXCEPTION,
                        "enrollmentId is mandatory for enroll:fetch",
                        false));
    CompletionStage<Optional<Enrollment>> found =
        mayKnow(dialogue.access(), id)
            ? enrollments(dialogue).find(id)
            : CompletableFuture.completedFuture(Optional.empty());
    return found.thenApply(
        enrollment ->
            new Response.Data(
                enrollment.orElseThrow(() -> EnrollmentRefusal.unknown(id)).shown().toJson()));
  }

  private static Enrollments enrollments(Dialogue dialogue) {
    return new Enrollments(dialogue.self(), dialogue.tenant().records());
  }

  /** {@code enroll:listns}: the approved ones that can read a namespace, for one that can. */
  static CompletionStage<Response> users(Optional<String> namespace, Dialogue dialogue) {
    String name =
        namespace
            .map(text -> text.strip().toLowerCase(Locale.ROOT))
            .orElseThrow(
                () -> new Refusal(ErrorCode.ILLEGAL_ARGUMENTS, "enroll:listns names no namespace"));
    Permissions.require(
        dialogue.access().covers(name, "r"), dialogue.access(), "list users of", name);
    return enrollments(dialogue)
        .all()
        .thenApply(
            all ->
                new Response.Data(
                    new JsonArray(
                            all.stream()
                                .filter(found -> found.state() == EnrollmentState.APPROVED)
                                .filter(found -> found.access().covers(name, "r"))
                                .<JsonValue>map(found -> user(found, name))
                                .toList())
                        .toJson()));
  }

  private static JsonObject user(Enrollment enrollment, String namespace) {
    return JsonObject.builder()
        .put("enrollmentId", enrollment.id())
        .put("access", enrollment.access().covers(namespace, "w") ? "rw" : "r")
        .put("apkamPubKey", enrollment.apkamPublicKey())
        .put(
            "metadata",
            enrollment.stored().fields().getOrDefault("metadata", JsonValue.Literal.NULL))
        .build();
  }
}
