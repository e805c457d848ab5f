package org.noports.client;

import static org.noports.client.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.session.HandshakeStep;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.LocalAddress;

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
   * @param bound the entrance of the session before, if this one replaces it
   */
  CompletionStage<Optional<Entrance>> entrance(Attempt attempt, Optional<Entrance> bound) {
    Optional<LocalAddress> local = attempt.request().local();
    if (bound.isPresent() || local.isEmpty()) {
      return CompletableFuture.completedFuture(bound);
    }
    long start = Attempt.now();
    return step((LocalAddress address) -> neighbours.tunnelEnds())
        .apply(local.get())
        .thenCompose(ends -> attempt.arriving(ends.bind(local.get())))
        .thenApply(
            entrance -> {
              attempt.done(HandshakeStep.LOCAL_BOUND, start, entrance.address().toString());
              return Optional.of(entrance);
            });
  }
}
