package org.noports.client;

import static org.noports.client.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.session.HandshakeStep;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.TunnelEnds;

/**
 * Binds the local address before anybody is asked: one in use fails at once; OpenTunnel's first.
 */
final class BindLocal {
  private final Neighbours neighbours;

  BindLocal(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * The entrance, if one is asked for.
   *
   * @param before the entrance of the session before, if this one replaces it; taken over unless it
   *     went with the bundle that had bound it
   */
  CompletionStage<Optional<OwnedEntrance>> entrance(
      Attempt attempt, Optional<OwnedEntrance> before) {
    Optional<LocalAddress> local =
        before.isPresent() ? before.map(OwnedEntrance::address) : attempt.request().local();
    if (local.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return step((LocalAddress address) -> neighbours.tunnelEnds())
        .apply(local.get())
        .thenCompose(ends -> entrance(attempt, ends, before, local.get()));
  }

  private static CompletionStage<Optional<OwnedEntrance>> entrance(
      Attempt attempt, TunnelEnds ends, Optional<OwnedEntrance> before, LocalAddress local) {
    if (before.filter(entrance -> entrance.owner() == ends).isPresent()) {
      return CompletableFuture.completedFuture(before);
    }
    before.ifPresent(OwnedEntrance::close);
    long start = Attempt.now();
    return attempt
        .arriving(ends.bind(local))
        .thenApply(
            entrance -> {
              attempt.done(HandshakeStep.LOCAL_BOUND, start, entrance.address().toString());
              return Optional.of(new OwnedEntrance(entrance, ends));
            });
  }
}
