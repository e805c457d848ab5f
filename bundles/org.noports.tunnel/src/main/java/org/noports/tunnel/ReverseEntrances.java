package org.noports.tunnel;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.LocalAddress;

/**
 * The addresses at which this machine's devices listen for their clients. A client that was started
 * anew would find its own address in use until its old session is given up: what has lost its link
 * makes way for the same client.
 */
final class ReverseEntrances {
  private final Set<Kept> all = ConcurrentHashMap.newKeySet();

  /** An entrance and the session it belongs to. */
  private record Kept(AdmittedStreams streams, ReverseEntrance entrance) {}

  /** Keeps one until it is closed. */
  void add(AdmittedStreams streams, ReverseEntrance entrance) {
    Kept kept = new Kept(streams, entrance);
    all.add(kept);
    entrance.closed().thenRun(() -> all.remove(kept));
  }

  /** Completes when nobody who has to make way is at the address any more. */
  CompletionStage<Void> makeWay(StreamOrigin origin, LocalAddress address) {
    return CompletableFuture.allOf(
        all.stream()
            .filter(kept -> kept.entrance.address().equals(address))
            .filter(kept -> kept.streams.makesWayFor(origin))
            .map(ReverseEntrances::close)
            .toArray(CompletableFuture[]::new));
  }

  private static CompletableFuture<Void> close(Kept kept) {
    kept.entrance.close();
    return kept.entrance.closed().toCompletableFuture();
  }
}
