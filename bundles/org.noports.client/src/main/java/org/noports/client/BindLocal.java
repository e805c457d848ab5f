package org.noports.client;

import static org.noports.client.Step.step;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.noports.api.session.HandshakeStep;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.TunnelEnds;
import org.noports.client.Entrances.Forwarded;

/**
 * Binds the local addresses before anybody is asked: one in use fails at once; OpenTunnel's first.
 */
final class BindLocal {
  private final Neighbours neighbours;

  BindLocal(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * The entrances that are asked for.
   *
   * @param before the entrances of the session before, if this one replaces it; each is taken over
   *     unless it went with the bundle that had bound it
   */
  CompletionStage<Entrances> entrances(Attempt attempt, Optional<Entrances> before) {
    Optional<LocalAddress> own =
        before.isPresent() ? before.get().address() : attempt.request().local();
    List<Forward> forwards =
        before.isPresent()
            ? before.get().forwards().stream().map(BindLocal::again).toList()
            : attempt.request().forwards();
    if (own.isEmpty() && forwards.isEmpty()) {
      return CompletableFuture.completedFuture(new Entrances(Optional.empty(), List.of()));
    }
    return step((Attempt a) -> neighbours.tunnelEnds())
        .apply(attempt)
        .thenCompose(ends -> bind(attempt, ends, before, own, forwards));
  }

  /** Somebody knows the address by now, except that of a listener that is the device's. */
  private static Forward again(Forwarded forwarded) {
    return forwarded.forward() instanceof Forward.Remote
        ? forwarded.forward()
        : forwarded.forward().boundAt(forwarded.entrance().address());
  }

  private static CompletionStage<Entrances> bind(
      Attempt attempt,
      TunnelEnds ends,
      Optional<Entrances> before,
      Optional<LocalAddress> own,
      List<Forward> forwards) {
    CompletionStage<Entrances> bound =
        own.map(
                address ->
                    entrance(
                        attempt, ends, before.flatMap(Entrances::own), () -> ends.bind(address)))
            .map(stage -> stage.thenApply(Optional::of))
            .orElse(CompletableFuture.completedFuture(Optional.empty()))
            .thenApply(entrance -> new Entrances(entrance, List.of()));
    for (int i = 0; i < forwards.size(); i++) {
      Forward forward = forwards.get(i);
      int place = i;
      Optional<OwnedEntrance> last = before.map(all -> all.forwards().get(place).entrance());
      bound =
          bound.thenCompose(
              some ->
                  entrance(attempt, ends, last, () -> ends.bind(forward))
                      .thenApply(entrance -> with(some, new Forwarded(forward, entrance))));
    }
    return bound;
  }

  private static Entrances with(Entrances some, Forwarded one) {
    return new Entrances(
        some.own(), Stream.concat(some.forwards().stream(), Stream.of(one)).toList());
  }

  private static CompletionStage<OwnedEntrance> entrance(
      Attempt attempt,
      TunnelEnds ends,
      Optional<OwnedEntrance> before,
      Supplier<CompletionStage<Entrance>> binding) {
    if (before.filter(entrance -> entrance.owner() == ends).isPresent()) {
      return CompletableFuture.completedFuture(before.get());
    }
    before.ifPresent(OwnedEntrance::close);
    long start = Attempt.now();
    return attempt
        .arriving(binding.get())
        .thenApply(
            entrance -> {
              attempt.done(HandshakeStep.LOCAL_BOUND, start, entrance.address().toString());
              return new OwnedEntrance(entrance, ends);
            });
  }
}
