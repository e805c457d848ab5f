package org.noports.client;

import static org.noports.client.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.session.HandshakeStep;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Protection;
import org.noports.protocol.session.AuthModes;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.PingResponse;

/**
 * Opens a tunnel: the story from a request to a session that stands (docs/protocol/noports.md 10).
 * Every step returns what the next needs; ending the {@link Attempt} ends them all.
 */
final class OpenTunnel {
  private final Neighbours neighbours;
  private final Executor work;
  private final BindLocal local;
  private final AskRelay relay = new AskRelay();
  private final PingDevice device = new PingDevice();
  private final Publish publish = new Publish();
  private final RequestSession session;
  private final TakeKeys keys;
  private final JoinRelay meeting;
  private final MeetDevice peer;
  private final JudgeAnswer judge;

  OpenTunnel(Neighbours neighbours, Executor work) {
    this.neighbours = neighbours;
    this.work = work;
    this.local = new BindLocal(neighbours);
    this.session = new RequestSession(neighbours, work);
    this.keys = new TakeKeys(neighbours);
    this.meeting = new JoinRelay(neighbours);
    this.peer = new MeetDevice(neighbours, work);
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
    return authenticate(attempt)
        .thenCompose(self -> askRelayAndDevice(attempt, self))
        .thenCombineAsync(ephemeral, (agreed, key) -> admit(attempt, agreed, key), work)
        .thenCompose(admitted -> admitted)
        .thenCompose(admitted -> meeting.join(attempt, admitted, entrances))
        .thenCompose(joined -> ServeEntrances.serve(attempt, joined));
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
    return Optional.of(
        attempt.owns(neighbours.ciphers().keyTransport(KeyTransport.RSA_2048).generate()));
  }

  private CompletionStage<Self> authenticate(Attempt attempt) {
    long start = Attempt.now();
    return step((Attempt a) -> neighbours.atServers())
        .apply(attempt)
        .thenCompose(atServers -> attempt.pending(atServers.session(attempt.request().from())))
        .thenCompose(
            step(
                post -> new Self(post, neighbours.identities().identity(attempt.request().from()))))
        .thenApply(
            self -> {
              attempt.done(
                  HandshakeStep.SELF_AUTHENTICATED, start, "as " + attempt.request().from());
              return self;
            });
  }

  private CompletionStage<Agreement> askRelayAndDevice(Attempt attempt, Self self) {
    CompletableFuture<RelayTicket> ticket = relay.ask(attempt, self).toCompletableFuture();
    CompletableFuture<PingResponse> about = device.ping(attempt, self).toCompletableFuture();
    CompletableFuture<MeetDevice.Met> met = peer.meet(attempt, self).toCompletableFuture();
    CompletableFuture<Boolean> published = attempt.pending(publish.signingKey(self));
    return Both.orFirstFailure(Both.orFirstFailure(ticket, about), met)
        .thenCombine(published, (done, known) -> known)
        .thenComposeAsync(
            step(
                known ->
                    Agreement.of(attempt, self, ticket.join(), about.join(), known, met.join())),
            work);
  }

  private CompletionStage<JoinRelay.Admitted> admit(
      Attempt attempt, Agreement agreement, Optional<EphemeralKey> ephemeral) {
    long start = Attempt.now();
    tellModes(attempt, agreement);
    return session
        .request(attempt, agreement, ephemeral)
        .thenComposeAsync(step(yes -> take(attempt, agreement, yes, ephemeral)), work)
        .thenApply(
            taken -> {
              attempt.done(HandshakeStep.SESSION_ADMITTED, start, taken.level().description());
              return new JoinRelay.Admitted(agreement, taken);
            });
  }

  private Protection take(
      Attempt attempt, Agreement agreement, Answered answered, Optional<EphemeralKey> ephemeral)
      throws NoPortsException {
    Optional<Np2Keys> agreed = judge.judge(attempt, agreement, answered);
    Protection taken =
        attempt.owns(
            agreed.isPresent() ? agreed.get() : keys.take(attempt, answered.yes(), ephemeral));
    peer.keep(attempt, agreement.met(), taken.level());
    ephemeral.ifPresent(EphemeralKey::close);
    answered.offered().ifPresent(Offered::close);
    return taken;
  }

  /** Spares a relay that finds out by itself the wait (noports.md 2.7); best effort. */
  private static void tellModes(Attempt attempt, Agreement agreed) {
    if (agreed.ticket().reply().autoDetectsRelayAuth()) {
      String nonce = agreed.ticket().reply().rvdNonce();
      AuthModes modes = new AuthModes(attempt.id(), nonce, agreed.ours(), agreed.theirs());
      String name = MessageNames.authModes(attempt.request().device().name());
      agreed
          .self()
          .post()
          .notify(OutgoingNotification.ofSession(agreed.ticket().relay(), name, modes.toText()));
    }
  }
}
