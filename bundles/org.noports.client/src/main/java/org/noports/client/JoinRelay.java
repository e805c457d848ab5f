package org.noports.client;

import static org.noports.client.Step.step;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.session.HandshakeStep;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Protection;
import org.noports.api.tunnel.SessionPlan;
import org.noports.protocol.session.Feature;

/** Meets the device at the relay: the control channel; OpenTunnel's last step but one. */
final class JoinRelay {
  private final Neighbours neighbours;

  JoinRelay(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * A session that the device has admitted: its end of it stands.
   *
   * @param hostKeys what the device signed for as the SSH host keys of the target
   */
  record Admitted(
      Agreement agreement,
      Protection keys,
      Optional<JudgeAnswer.Judged> np2,
      List<SshPublicKey> hostKeys) {}

  CompletionStage<Joined> join(Attempt attempt, Admitted admitted, Entrances entrances) {
    long start = Attempt.now();
    RelayAccess leg = RelayAccess.of(neighbours, attempt, admitted.agreement());
    HearRefusal refusals = new HearRefusal(attempt, admitted.agreement());
    SessionPlan plan =
        new SessionPlan(
            attempt.id(),
            refusals.over(leg),
            admitted.keys(),
            attempt.request().grace(),
            heartbeat(attempt, admitted.agreement()));
    return step((SessionPlan p) -> neighbours.tunnelEnds())
        .apply(plan)
        .thenCompose(ends -> refusals.during(attempt.arriving(ends.openClientEnd(plan))))
        .thenApply(
            end -> {
              end.ended().thenRun(admitted.agreement().ticket().key()::close);
              attempt.done(HandshakeStep.RELAY_JOINED, start, leg.relay().toString());
              return new Joined(
                  attempt.id(),
                  end,
                  entrances,
                  admitted.keys().level(),
                  admitted.agreement().ticket().relay(),
                  leg.relay(),
                  Instant.now(),
                  admitted.agreement().met(),
                  resumable(attempt, end, admitted),
                  admitted.np2().map(np2 -> np2.receipt(attempt, admitted.agreement())),
                  attempt.choice(),
                  admitted.hostKeys());
            });
  }

  private static Optional<Resumable> resumable(Attempt attempt, ClientEnd end, Admitted admitted) {
    Optional<Resumable> resumable =
        admitted.np2().map(np2 -> new Resumable(attempt.id(), np2.keys().resume()));
    end.ended().thenRun(() -> resumable.ifPresent(Resumable::close));
    return resumable;
  }

  private static Optional<Duration> heartbeat(Attempt attempt, Agreement agreement) {
    return agreement.device().supports(Feature.CONTROL_CHANNEL_HEARTBEATS)
        ? attempt.settings().heartbeat()
        : Optional.empty();
  }
}
