package org.noports.atserver.host.verb;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.DecideEnrollment;
import org.noports.atserver.host.enrollment.EnrollmentState;
import org.noports.atserver.host.enrollment.RequestEnrollment;
import org.noports.atserver.host.enrollment.RequestEnrollment.Asking;
import org.noports.atserver.host.enrollment.UpdateEnrollment;
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
      case LIST -> EnrollQueries.list(enroll.params(), dialogue);
      case FETCH -> EnrollQueries.fetch(enroll.params(), dialogue);
      case LISTNS -> EnrollQueries.users(enroll.namespace(), dialogue);
      case REVOKE -> revoke(enroll, dialogue);
      case UPDATE -> update(enroll, dialogue);
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
    if (params.text(EnrollField.SIGNING_ALGO).isPresent()) {
      ApkamSignature.require(params.text(EnrollField.SIGNING_ALGO).get());
    }
    return new RequestEnrollment(dialogue.tenant())
        .ask(params, dialogue.session(), asking(dialogue), dialogue.wire().peer())
        .thenApply(
            asked -> {
              tell(dialogue, asked.id(), asked.state());
              return data(
                  JsonObject.builder()
                      .put("enrollmentId", asked.id())
                      .put("status", asked.state().wire()));
            });
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
        .thenApply(state -> data(decided(enroll, state, dialogue)));
  }

  private static JsonObject.Builder decided(
      Enroll enroll, EnrollmentState state, Dialogue dialogue) {
    String id = enroll.params().text(EnrollField.ENROLLMENT_ID).orElseThrow();
    tell(dialogue, id, state);
    return JsonObject.builder().put("status", state.wire()).put("enrollmentId", id);
  }

  private static void tell(Dialogue dialogue, String id, EnrollmentState state) {
    String by =
        dialogue.isOwner()
            ? dialogue.access().enrollmentId().orElse(dialogue.standing().proof())
            : "passcode";
    dialogue
        .tenant()
        .happenings()
        .enrolled(dialogue.self(), id, state.wire(), by, dialogue.wire().peer());
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
              JsonObject.Builder answer = decided(enroll, state, dialogue);
              if (own) {
                dialogue.endWithAnswer();
                answer.put("message", CLOSING);
              }
              return data(answer);
            });
  }

  private static CompletionStage<Response> update(Enroll enroll, Dialogue dialogue) {
    EnrollParams params = enroll.params();
    Optional<String> own = dialogue.access().enrollmentId();
    if (own.isEmpty() || !params.text(EnrollField.ENROLLMENT_ID).or(() -> own).equals(own)) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "An enrollment can be updated by itself only");
    }
    UpdateEnrollment update = new UpdateEnrollment(dialogue.tenant(), own.get(), params);
    return possessed(update, params, dialogue)
        .thenCompose(
            good -> {
              if (!good) {
                throw new Refusal(
                    ErrorCode.UNAUTHENTICATED,
                    "apkamPublicKeySignature does not show possession of the new key");
              }
              return update.store();
            })
        .thenApply(
            state ->
                data(
                    JsonObject.builder()
                        .put("status", state.wire())
                        .put("enrollmentId", own.get())));
  }

  /** Whoever names a new key shows that it has it, or could lock itself out. */
  private static CompletionStage<Boolean> possessed(
      UpdateEnrollment update, EnrollParams params, Dialogue dialogue) {
    return update
        .proof()
        .thenCompose(
            proof ->
                proof.isEmpty()
                    ? CompletableFuture.completedFuture(true)
                    : new ApkamSignature(
                            proof.get().algorithm(),
                            "sha256",
                            params.text(EnrollField.APKAM_SIGNATURE).orElse(""))
                        .verify(
                            Optional.of(proof.get().key()),
                            Optional.of(proof.get().text()),
                            dialogue.tenant()));
  }

  private static Response data(JsonObject.Builder json) {
    return new Response.Data(json.build().toJson());
  }
}
