package org.noports.client;

import static org.noports.client.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.identity.SigningKey;
import org.noports.api.session.HandshakeStep;
import org.noports.protocol.session.AuthModes;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.PingResponse;

/**
 * Finds out how the device can be reached and what it is, before it is told what is wanted: our
 * atServer, a relay, the device's own word, its key; steps of {@link OpenTunnel} and {@link
 * ResumeSession}.
 */
final class FindWay {
  private final Neighbours neighbours;
  private final Executor work;
  private final PingDevice device = new PingDevice();
  private final Publish publish;
  private final MeetDevice peer;

  FindWay(Neighbours neighbours, MeetDevice peer, Publish publish, Executor work) {
    this.neighbours = neighbours;
    this.peer = peer;
    this.publish = publish;
    this.work = work;
  }

  /**
   * Asks all that have to be asked, at the same time.
   *
   * @param relay asks for ports
   */
  CompletionStage<Agreement> find(
      Attempt attempt, Function<Self, CompletionStage<RelayTicket>> relay) {
    return authenticate(attempt)
        .thenCompose(self -> askRelayAndDevice(attempt, self, relay))
        .thenApply(
            agreed -> {
              tellModes(attempt, agreed);
              return agreed;
            });
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

  private CompletionStage<Agreement> askRelayAndDevice(
      Attempt attempt, Self self, Function<Self, CompletionStage<RelayTicket>> relay) {
    CompletableFuture<RelayTicket> ticket = relay.apply(self).toCompletableFuture();
    CompletableFuture<PingResponse> about = device.ping(attempt, self).toCompletableFuture();
    CompletableFuture<MeetDevice.Met> met = peer.meet(attempt, self).toCompletableFuture();
    CompletableFuture<Boolean> published = attempt.pending(publish.signingKey(self));
    CompletableFuture<Optional<SigningKey>> beside = attempt.pending(publish.besideKey(self));
    return Both.orFirstFailure(Both.orFirstFailure(ticket, about), met)
        .thenCombine(beside, (done, key) -> key)
        .thenCombine(published, (key, known) -> known)
        .thenComposeAsync(
            step(
                known ->
                    Agreement.of(
                        attempt,
                        self,
                        ticket.join(),
                        about.join(),
                        known,
                        met.join(),
                        beside.join())),
            work);
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
