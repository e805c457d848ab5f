package org.noports.device;

import static org.noports.device.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.policy.Observed;

/**
 * Admits one more link of a session, or refuses it: the choke point of {@link AdmitSession} for
 * what is known only when both sides have come to the relay, where the client's socket comes from.
 * Nothing passes the link before.
 */
final class AdmitLink {
  private final Neighbours neighbours;
  private final Policy policy;
  private final ReviewSessions reviews;
  private final DeviceSessions sessions;
  private final VerifySighting proof;
  private final Receipts receipts;
  private final Executor thread;

  AdmitLink(
      Neighbours neighbours,
      Policy policy,
      ReviewSessions reviews,
      DeviceSessions sessions,
      Receipts receipts,
      Executor thread) {
    this.neighbours = neighbours;
    this.policy = policy;
    this.reviews = reviews;
    this.sessions = sessions;
    this.proof = new VerifySighting(neighbours);
    this.receipts = receipts;
    this.thread = thread;
  }

  /** The links of a session that is about to be opened. */
  Links of(Permitted permitted, AdmitStream.Standing standing) {
    return new Links(permitted, standing, Optional.empty());
  }

  /** The link that {@code resumed} is to go on with. */
  Links of(Permitted permitted, DeviceSession resumed) {
    return new Links(permitted, resumed.standing(), Optional.of(resumed));
  }

  /** The links that one request leads to: one, or below level L2 one for each connection. */
  final class Links {
    private final Permitted permitted;
    private final AdmitStream.Standing standing;
    private final Optional<DeviceSession> resumed;
    private volatile Optional<Permitted> settled = Optional.empty();
    private volatile Optional<Refusal> refusal = Optional.empty();

    private Links(
        Permitted permitted, AdmitStream.Standing standing, Optional<DeviceSession> resumed) {
      this.permitted = permitted;
      this.standing = standing;
      this.resumed = resumed;
    }

    /** Asks the relay about one more connection; empty if its word does not count here. */
    Optional<AskRelay> next() {
      return isTold() ? Optional.of(new AskRelay(this)) : Optional.empty();
    }

    private boolean isTold() {
      return Sighted.of(asked().device(), asked().request()).observed().pending();
    }

    /**
     * Before a link is dialled that nobody will tell of whose word counts here: what was told of
     * the resumed session's last one says nothing of where its client is now.
     */
    void forgetUntold() {
      if (!isTold() && isElsewhere(Observed.NOTHING)) {
        DeviceLog.untold(asked());
        receipts.observed(asked(), Observed.NOTHING);
        admitted(Observed.NOTHING);
      }
    }

    /** What the policy said of a link, if it was asked. */
    Optional<Permitted> settled() {
      return settled;
    }

    /** Why a link was refused. */
    Optional<Refusal> refusal() {
      return refusal;
    }

    Asked asked() {
      return permitted.asked();
    }

    /** Reads the relay's word, and decides by it. */
    CompletionStage<Void> told(String word, String nonce) {
      return proof
          .verified(asked(), word, nonce)
          .thenComposeAsync(this::decide, thread)
          .whenComplete((done, failure) -> concluded(failure));
    }

    /** The relay tells nothing. */
    CompletionStage<Void> untold() {
      DeviceLog.untold(asked());
      return CompletableFuture.completedStage(Observed.NOTHING)
          .thenComposeAsync(this::decide, thread)
          .whenComplete((done, failure) -> concluded(failure));
    }

    private CompletionStage<Void> decide(Observed seen) {
      Observed before = sighted().observed();
      receipts.observed(asked(), seen);
      boolean depends = before.pending() ? sighted().isWaitedFor() : !before.equals(seen);
      return depends
          ? ask(seen)
              .thenAccept(ruled -> settle(ruled, seen))
              .whenComplete((done, failure) -> endIfRefused(failure))
          : CompletableFuture.completedStage(seen).thenAccept(this::admitted);
    }

    /** Of this request: a resumption's own has been nowhere before, whatever its session has. */
    private Sighted sighted() {
      return asked().sighted();
    }

    /** Permitted from anywhere; what else the session carries may not be. */
    private void admitted(Observed seen) {
      if (isElsewhere(seen)) {
        settle(permitted, seen);
      } else {
        sighted().now(seen);
      }
    }

    private boolean isElsewhere(Observed seen) {
      return resumed.filter(session -> session.isElsewhere(seen)).isPresent();
    }

    private CompletionStage<Permitted> ask(Observed seen) {
      int by = reviews.generation();
      var bare = asked().question(asked().device(), standing.level());
      return policy
          .admit(
              bare.under(bare.circumstances().seen(seen)),
              permitted.addresses(),
              asked().device(),
              asked().request().sessionId())
          .thenApply(ruled -> permitted.ruled(ruled, by))
          .thenCompose(step(again -> Guards.fulfillable(again, neighbours)))
          .thenCompose(step(Guards::permittedByPolicy))
          .thenCompose(
              step(
                  again -> {
                    MeetRequirement.stillMet(again.permit(), asked().device(), standing);
                    return again;
                  }));
    }

    /** Where it is first: by that the session's streams are asked for again. */
    private void settle(Permitted again, Observed seen) {
      sighted().now(seen);
      resumed.ifPresent(session -> session.asked().sighted().now(seen));
      settled = Optional.of(again);
      session().ifPresent(session -> reviews.settled(session, again));
    }

    private Optional<DeviceSession> session() {
      return resumed.or(() -> sessions.find(asked().request().sessionId()));
    }

    private void concluded(Throwable failure) {
      if (failure != null) {
        refusal = Optional.of(no(failure));
      }
    }

    /** A word that cannot be believed ends its link and not the session: anybody can say one. */
    private void endIfRefused(Throwable failure) {
      if (failure != null) {
        String why = because(no(failure));
        session().ifPresent(session -> session.end(why));
      }
    }

    private static Refusal no(Throwable failure) {
      Throwable cause = Step.cause(failure);
      return cause instanceof Refusal known ? known : Refusal.notOpened(String.valueOf(cause));
    }
  }

  /** Why a session ends that was admitted before. */
  static String because(Refusal no) {
    return "it is not permitted from where its client is: rule '"
        + no.rule()
        + "', "
        + no.getMessage();
  }
}
