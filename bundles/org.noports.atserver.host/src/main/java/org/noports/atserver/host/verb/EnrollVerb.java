package org.noports.atserver.host.verb;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.DecideEnrollment;
import org.noports.atserver.host.enrollment.Enrollment;
import org.noports.atserver.host.enrollment.EnrollmentNames;
import org.noports.atserver.host.enrollment.EnrollmentRefusal;
import org.noports.atserver.host.enrollment.EnrollmentState;
import org.noports.atserver.host.enrollment.Enrollments;
import org.noports.atserver.host.enrollment.RequestEnrollment;
import org.noports.atserver.host.enrollment.RequestEnrollment.Asking;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.Enroll;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Response;

/** {@code enroll}: keys of one's own, asked for and decided about (atprotocol.md 3.6). */
final class EnrollVerb implements VerbHandler<Enroll> {
  private static final String CLOSING = "Enrollment is revoked. Closing the connection";

  @Override
  public CompletionStage<Response> handle(Enroll enroll, Dialogue dialogue) {
    if (enroll.operation() != Enroll.Operation.REQUEST && !dialogue.isOwner()) {
      throw new Refusal(
          ErrorCode.UNAUTHENTICATED,
          "Cannot " + enroll.operation().wire() + " enrollment without authentication");
    }
    if (enroll.params().equals(EnrollParams.NONE) && needsParams(enroll.operation())) {
      throw new Refusal(ErrorCode.ILLEGAL_ARGUMENTS, "Enroll parameters not provided");
    }
    return switch (enroll.operation()) {
      case REQUEST -> request(enroll.params(), dialogue);
      case LIST -> list(enroll.params(), dialogue);
      case FETCH -> fetch(enroll.params(), dialogue);
      case REVOKE -> revoke(enroll, dialogue);
      case LISTNS, UPDATE ->
          throw new Refusal(
              ErrorCode.INVALID_SYNTAX, "enroll:" + enroll.operation().wire() + ": not yet");
      default -> decide(enroll, dialogue);
    };
  }

  private static boolean needsParams(Enroll.Operation operation) {
    return operation != Enroll.Operation.LIST && operation != Enroll.Operation.LISTNS;
  }

  private static CompletionStage<Response> request(EnrollParams params, Dialogue dialogue) {
    if (!dialogue.throttle().admits(dialogue.tenant().limits().enrollment().perHour())) {
      throw new Refusal(
          ErrorCode.INTERNAL_EXCEPTION,
          "Enrollment requests have exceeded the limit within the specified time frame",
          false);
    }
    return new RequestEnrollment(dialogue.tenant())
        .ask(params, dialogue.session(), asking(dialogue))
        .thenApply(
            asked ->
                data(
                    JsonObject.builder()
                        .put("enrollmentId", asked.id())
                        .put("status", asked.state().wire())));
  }

  private static Asking asking(Dialogue dialogue) {
    if (dialogue.standing() instanceof Standing.Owner owner) {
      return owner.proof().equals(Standing.Owner.CRAM) ? Asking.FOUNDER : Asking.ENROLLED;
    }
    return Asking.STRANGER;
  }

  private static CompletionStage<Response> decide(Enroll enroll, Dialogue dialogue) {
    return new DecideEnrollment(dialogue.tenant())
        .decide(enroll.operation(), enroll.params(), dialogue.access())
        .thenApply(state -> data(decided(enroll, state)));
  }

  private static JsonObject.Builder decided(Enroll enroll, EnrollmentState state) {
    return JsonObject.builder()
        .put("status", state.wire())
        .put("enrollmentId", enroll.params().text(EnrollField.ENROLLMENT_ID).orElseThrow());
  }

  /** Its connections end at once; the one that revokes itself, with the answer. */
  private static CompletionStage<Response> revoke(Enroll enroll, Dialogue dialogue) {
    Optional<String> id = enroll.params().text(EnrollField.ENROLLMENT_ID);
    boolean own = id.isPresent() && id.equals(dialogue.access().enrollmentId());
    if (own && !enroll.force()) {
      throw new Refusal(ErrorCode.REVOKE_SELF, "Current client cannot revoke its own enrollment");
    }
    return new DecideEnrollment(dialogue.tenant())
        .decide(enroll.operation(), enroll.params(), dialogue.access())
        .thenApply(
            state -> {
              dialogue.tenant().enrolled().end(id.orElseThrow(), dialogue.end());
              JsonObject.Builder answer = decided(enroll, state);
              if (own) {
                dialogue.endWithAnswer();
                answer.put("message", CLOSING);
              }
              return data(answer);
            });
  }

  private static CompletionStage<Response> list(EnrollParams params, Dialogue dialogue) {
    Optional<List<EnrollmentState>> wanted = params.statusFilter().map(EnrollVerb::states);
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
              return data(answer);
            });
  }

  private static List<EnrollmentState> states(List<String> words) {
    return words.stream()
        .map(
            word ->
                EnrollmentState.of(word.toLowerCase(Locale.ROOT))
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

  /** Who may not know an enrollment is told that there is none. */
  private static CompletionStage<Response> fetch(EnrollParams params, Dialogue dialogue) {
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

  private static Response data(JsonObject.Builder json) {
    return new Response.Data(json.build().toJson());
  }
}
