package org.noports.device;

import static org.noports.device.Step.step;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.RequirementUnmet;
import org.noports.api.SessionId;
import org.noports.api.tunnel.Level;

/**
 * Admits a session, or refuses it: the one choke point of every request that opens anything. Comes
 * after {@link SessionRequests}, goes on in the tunnel.
 *
 * <p>Its steps return what the next one needs; any of them may end it with a {@link Refusal}. They
 * run on the device's own thread, never on the I/O loops that bring news.
 */
final class AdmitSession {
  private final Neighbours neighbours;
  private final Policy policy;
  private final ResolveTarget names;
  private final ReviewSessions reviews;
  private final AgreeNp2 np2;
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
      ResolveTarget names,
      ReviewSessions reviews,
      AdmitStream streams,
      DeviceSessions sessions,
      Receipts receipts,
      Freshness freshness,
      OurSignatures signatures,
      Executor thread) {
    this.neighbours = neighbours;
    this.policy = policy;
    this.names = names;
    this.reviews = reviews;
    this.proof = new VerifyRequest(neighbours, freshness.sessions());
    this.offer = new CheckOffer(neighbours, freshness.nonces());
    this.answers = new Answers(neighbours, signatures);
    this.requirement = new MeetRequirement(neighbours, signatures);
    this.np2 = new AgreeNp2(neighbours, signatures);
    AdmitLink links = new AdmitLink(neighbours, policy, reviews, sessions, receipts, thread);
    this.opening = new OpenDeviceEnd(neighbours, streams, links, sessions, answers, np2, thread);
    this.resuming = new ResumeInPlace(neighbours, links, sessions, answers, np2, thread);
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
        .thenCompose(step(this::fulfillable))
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
        .thenComposeAsync(this::confirm, thread)
        .thenCompose(step(opening::findRelay))
        .thenCompose(opening::openAndAnswer)
        .whenComplete((session, failure) -> sessions.release(id));
  }

  /** Asks for the target's name and each of its addresses; no other is dialled. */
  private CompletionStage<Permitted> decide(Asked asked) {
    Level level = np2.expected(asked);
    // A stranger must not have names looked up, so only those of the device's own list are.
    return (Guards.isOnList(asked.device(), asked.target())
            ? names.addresses(asked.target(), asked.device().policyTimeout())
            : CompletableFuture.completedStage(List.<InetAddress>of()))
        .thenCompose(addresses -> ask(asked, level, addresses));
  }

  private CompletionStage<Permitted> ask(Asked asked, Level level, List<InetAddress> addresses) {
    int by = reviews.generation();
    return policy
        .admit(
            asked.question(asked.device(), level),
            addresses,
            asked.device(),
            asked.request().sessionId())
        .thenApply(
            ruled -> {
              asked.sighted().waitedFor(ruled.waits());
              return new Permitted(asked, ruled, level, by);
            });
  }

  private Permitted fulfillable(Permitted request) throws Refusal {
    Guards.fulfillable(request.permit(), Optional.of(request.asked().target()), neighbours);
    return request;
  }

  /** What is required may have changed the level: rules may say something of the new one. */
  private CompletionStage<OpenDeviceEnd.Keyed> confirm(OpenDeviceEnd.Keyed keyed) {
    Permitted before = keyed.request();
    Level agreed = keyed.keys().level();
    if (agreed == before.level()) {
      return CompletableFuture.completedStage(keyed);
    }
    return ask(before.asked(), agreed, before.addresses())
        .thenCompose(
            step(
                again -> {
                  fulfillable(again);
                  Guards.permittedByPolicy(again);
                  return OpenDeviceEnd.confirmed(keyed, before.ruled(again));
                }))
        .whenComplete(
            (confirmed, failure) -> {
              if (failure != null) {
                keyed.keys().close();
              }
            });
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
