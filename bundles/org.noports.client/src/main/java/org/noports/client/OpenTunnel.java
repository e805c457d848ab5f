package org.noports.client;

import static org.noports.client.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.relay.RelayChoice;
import org.noports.api.relay.RelayChoice.Candidate;
import org.noports.api.session.HandshakeStep;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Protection;
import org.noports.protocol.np2.Np2HostKeys;
import org.noports.protocol.np2.PresentSuites;

/**
 * Opens a tunnel: the story from a request to a session that stands (docs/protocol/noports.md 10).
 * Every step returns what the next needs; ending the {@link Attempt} ends them all.
 */
final class OpenTunnel {
  private final Neighbours neighbours;
  private final Executor work;
  private final BindLocal local;
  private final FindWay way;
  private final ChooseRelay choice;
  private final AskRelay relay = new AskRelay();
  private final RequestSession session;
  private final TakeKeys keys;
  private final JoinRelay meeting;
  private final MeetDevice peer;
  private final JudgeAnswer judge;

  OpenTunnel(Neighbours neighbours, Executor work, Publish publish, RelayChoice nearest) {
    this.neighbours = neighbours;
    this.choice = new ChooseRelay(neighbours, nearest);
    this.work = work;
    this.local = new BindLocal(neighbours);
    this.session = new RequestSession(neighbours, work);
    this.keys = new TakeKeys(neighbours);
    this.meeting = new JoinRelay(neighbours);
    this.peer = new MeetDevice(neighbours, work);
    this.way = new FindWay(neighbours, peer, publish, work);
    this.judge = new JudgeAnswer(neighbours);
  }

  /**
   * Opens.
   *
   * @param before the entrances of a session before this one, if it replaces one
   */
  CompletionStage<Joined> open(Attempt attempt, Optional<Entrances> before) {
    return local
        .entrances(attempt, before)
        .thenCompose(entrances -> open(attempt, entrances, cutKey(attempt)));
  }

  private CompletionStage<Joined> open(
      Attempt attempt, Entrances entrances, CompletableFuture<Optional<EphemeralKey>> ephemeral) {
    return way.find(attempt, self -> relay(attempt, self))
        .thenCombineAsync(ephemeral, (agreed, key) -> admit(attempt, agreed, key), work)
        .thenCompose(admitted -> admitted)
        .thenCompose(admitted -> meeting.join(attempt, admitted, entrances))
        .thenCompose(joined -> ServeEntrances.serve(attempt, joined));
  }

  private CompletionStage<RelayTicket> relay(Attempt attempt, Self self) {
    return choice
        .order(attempt)
        .thenCompose(
            order -> relay.inTurn(attempt, self, order.stream().map(Candidate::relay).toList()));
  }

  /**
   * The key that a device without NP2 wraps the session's keys for; cut while others are being
   * asked. A device that is known to do NP2 gets none: nothing could come of it, and it takes 80
   * ms.
   */
  private CompletableFuture<Optional<EphemeralKey>> cutKey(Attempt attempt) {
    return attempt.pending(
        CompletableFuture.completedFuture(attempt).thenComposeAsync(step(this::cutIfNeeded), work));
  }

  private Optional<EphemeralKey> cutIfNeeded(Attempt attempt) throws NoPortsException {
    if (peer.knownFor(attempt, Level.L2)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          attempt.owns(neighbours.ciphers().keyTransport(KeyTransport.RSA_2048).generate()));
    } catch (CipherUnavailable e) {
      // Denied, or of a level that is not wanted: then NP2 is all that can be offered.
      if (PresentSuites.of(neighbours.ciphers()).suites().isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private CompletionStage<JoinRelay.Admitted> admit(
      Attempt attempt, Agreement agreement, Optional<EphemeralKey> ephemeral) {
    long start = Attempt.now();
    return session
        .request(attempt, agreement, ephemeral, Optional.empty())
        .thenComposeAsync(step(yes -> take(attempt, agreement, yes, ephemeral)), work)
        .thenApply(
            taken -> {
              attempt.done(
                  HandshakeStep.SESSION_ADMITTED, start, taken.keys().level().description());
              return taken;
            });
  }

  private JoinRelay.Admitted take(
      Attempt attempt, Agreement agreement, Answered answered, Optional<EphemeralKey> ephemeral)
      throws NoPortsException {
    Optional<JudgeAnswer.Judged> agreed = judge.judge(attempt, agreement, answered);
    Protection taken =
        attempt.owns(
            agreed.isPresent()
                ? agreed.get().keys()
                : keys.take(attempt, answered.yes(), ephemeral));
    peer.keep(attempt, agreement.met(), taken.level(), answered.signs());
    ephemeral.ifPresent(EphemeralKey::close);
    answered.offered().ifPresent(Offered::close);
    return new JoinRelay.Admitted(
        agreement, taken, agreed, Np2HostKeys.of(answered.envelope().payload()));
  }
}
