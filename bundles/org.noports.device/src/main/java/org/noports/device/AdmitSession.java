package org.noports.device;

import static org.noports.device.Step.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.RequirementUnmet;
import org.noports.api.SessionId;

/**
 * Admits a session, or refuses it: the one choke point of every request that opens anything. Comes
 * after {@link SessionRequests}, goes on in the tunnel.
 *
 * <p>Its steps return what the next one needs; any of them may end it with a {@link Refusal}. They
 * run on the device's own thread, never on the I/O loops that bring news.
 */
final class AdmitSession {
  private final Policy policy;
  private final VerifyRequest proof;
  private final CheckOffer offer;
  private final MeetRequirement requirement;
  private final OpenDeviceEnd opening;
  private final ResumeInPlace resuming;
  private final Answers answers;
  private final Receipts receipts;
  private final Executor thread;
  private final DeviceSessions sessions;

  AdmitSession(
      Neighbours neighbours,
      Policy policy,
      AdmitStream streams,
      DeviceSessions sessions,
      Receipts receipts,
      Freshness freshness,
      OurSignatures signatures,
      Executor thread) {
    this.policy = policy;
    this.proof = new VerifyRequest(neighbours, freshness.sessions());
    this.offer = new CheckOffer(neighbours, freshness.nonces());
    this.answers = new Answers(neighbours, signatures);
    this.requirement = new MeetRequirement(neighbours, signatures);
    AgreeNp2 np2 = new AgreeNp2(neighbours, signatures);
    this.opening = new OpenDeviceEnd(neighbours, streams, sessions, answers, np2, thread);
    this.resuming = new ResumeInPlace(neighbours, sessions, answers, np2, thread);
    this.receipts = receipts;
    this.thread = thread;
    this.sessions = sessions;
  }

  /** Decides on a request and answers it; the stage completes when all is said, never fails. */
  CompletionStage<Void> admit(Asked asked) {
    receipts.requested(asked);
    return decide(asked)
        .thenComposeAsync(proof::publicKey, thread)
        .thenComposeAsync(step(proof::signature), thread)
        .thenCompose(step(proof::fresh))
        .thenCompose(step(offer::check))
        .thenCompose(step(requirement::check))
        .thenCompose(step(Guards::permittedByPolicy))
        .thenCompose(step(Guards::permittedByDevice))
        .thenCompose(step(Guards::wellProtected))
        .thenCompose(
            permitted ->
                ResumeInPlace.isWanted(permitted)
                    ? resuming.resume(permitted)
                    : openInPlace(permitted))
        .handle((session, failure) -> conclude(asked, session, failure));
  }

  /** From here on it counts as one of its client's sessions. */
  private CompletionStage<DeviceSession> openInPlace(Permitted permitted) {
    AtSign client = permitted.asked().client();
    int most = permitted.asked().device().maxSessionsPerClient();
    SessionId id = permitted.asked().request().sessionId();
    if (!sessions.reserve(id, client, most)) {
      return CompletableFuture.failedFuture(
          sessions.isTaken(id) ? Refusal.replayed(id) : Refusal.tooMany(client, most));
    }
    return CompletableFuture.completedStage(permitted)
        .thenCompose(step(opening::cutKeys))
        .thenCompose(step(opening::findRelay))
        .thenCompose(opening::openAndAnswer)
        .whenComplete((session, failure) -> sessions.release(id));
  }

  private CompletionStage<Permitted> decide(Asked asked) {
    return policy
        .decide(asked.question(), asked.device().policyTimeout())
        .thenApply(permit -> new Permitted(asked, permit));
  }

  private Void conclude(Asked asked, DeviceSession session, Throwable failure) {
    if (failure == null) {
      if (session.id().equals(asked.request().sessionId())) {
        receipts.opened(session);
        session.end().onSuite(change -> receipts.changed(session, change));
      } else {
        receipts.resumed(session);
      }
      return null;
    }
    Refusal refusal = refusal(Step.cause(failure));
    receipts.refused(asked, refusal);
    refusal.answer().ifPresent(text -> answers.no(asked, text));
    return null;
  }

  /** A step that is permitted and yet fails is told by name: the client cannot know our side. */
  private static Refusal refusal(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof RequirementUnmet unmet) {
      return Refusal.unmet(unmet);
    }
    return cause instanceof NoPortsException expected
        ? Refusal.notOpened(expected.getMessage())
        : Refusal.notOpened("unexpected " + cause);
  }
}
