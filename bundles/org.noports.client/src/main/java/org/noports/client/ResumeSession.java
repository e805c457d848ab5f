package org.noports.client;

import static org.noports.client.Step.step;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.KeyDerivation;

/**
 * Lets a session go on that has lost its link, through whichever of the known relays answers first:
 * the story from a lost link to a new one (docs/protocol/np2.md 9). The policy decides again, keys
 * are looked up again, and both ends prove that they have the session.
 */
final class ResumeSession {
  /** Longer than a relay waits for both sides: after that nobody comes. */
  private static final long JOIN_SECONDS = 30;

  private final Neighbours neighbours;
  private final Executor work;
  private final FindWay way;
  private final AskRelay relay = new AskRelay();
  private final RequestSession session;
  private final JudgeAnswer judge;

  ResumeSession(Neighbours neighbours, Executor work, Publish publish) {
    this.neighbours = neighbours;
    this.work = work;
    this.way = new FindWay(neighbours, new MeetDevice(neighbours, work), publish, work);
    this.session = new RequestSession(neighbours, work);
    this.judge = new JudgeAnswer(neighbours);
  }

  /** The session with its new link. */
  CompletionStage<Joined> resume(Attempt attempt, Joined before) {
    Resumable resumable = before.resumable().orElseThrow();
    return way.find(attempt, self -> relay.fastest(attempt, self, relays(attempt, before)))
        .thenCompose(
            agreement ->
                session
                    .request(attempt, agreement, Optional.empty(), Optional.of(resumable))
                    .thenComposeAsync(
                        step(answered -> judged(attempt, agreement, answered, resumable)), work)
                    .thenCompose(judged -> relink(attempt, before, agreement, judged)));
  }

  /** The one that carried it last, the one that was asked for, and all others that are known. */
  private static List<AtSign> relays(Attempt attempt, Joined before) {
    Set<AtSign> relays = new LinkedHashSet<>();
    before.receipt().ifPresent(receipt -> relays.add(receipt.last().relay()));
    relays.addAll(attempt.request().relays());
    relays.addAll(attempt.settings().relays());
    return List.copyOf(relays);
  }

  private JudgeAnswer.Judged judged(
      Attempt attempt, Agreement agreement, Answered answered, Resumable resumable)
      throws NoPortsException {
    KeyDerivation derivation = neighbours.ciphers().keyDerivation(KeyDerivation.SHA_256);
    if (!resumable.proves(derivation, answered.envelope().payload())) {
      throw new PeerUnverified(
          "Whoever answers for " + attempt.request().device() + " does not have this session");
    }
    JudgeAnswer.Judged judged =
        judge
            .judge(attempt, agreement, answered)
            .orElseThrow(() -> new ProtocolViolation("np2: a session cannot go on without keys"));
    answered.offered().ifPresent(Offered::close);
    return judged;
  }

  private CompletionStage<Joined> relink(
      Attempt attempt, Joined before, Agreement agreement, JudgeAnswer.Judged judged) {
    // The session is proven by its first handshake's secret for as long as it lives.
    judged.keys().resume().close();
    judged.keys().export().close();
    RelayAccess leg = RelayAccess.of(neighbours, attempt, agreement);
    before.end().ended().thenRun(agreement.ticket().key()::close);
    return before
        .end()
        .relink(leg, judged.keys())
        .toCompletableFuture()
        .copy()
        .orTimeout(JOIN_SECONDS, TimeUnit.SECONDS)
        .thenApply(
            carried ->
                before.through(leg.relay(), judged.step(agreement, "resumed"), judged.signers()));
  }
}
