package org.noports.atserver.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.noports.atserver.host.tenant.Tenant;

/**
 * Fetches copies of other atSigns' values anew that are out of date: all atSigns that are awake,
 * one after the other, once in an interval. The first round comes at a random moment of it, so that
 * hosts that were started together do not ask together. On the desk only.
 */
final class RefreshRound {
  private final double share = ThreadLocalRandom.current().nextDouble();
  private long begun = System.nanoTime();
  private boolean first = true;

  /** Begins a round if it is time; returns at once. */
  void look(Duration interval, List<House> houses) {
    long now = System.nanoTime();
    double wait = interval.toNanos() * (first ? share : 1);
    if (now - begun < wait) {
      return;
    }
    begun = now;
    first = false;
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    for (House house : houses) {
      // What fails now is fetched when somebody asks for it, or in the next round; and who sleeps
      // has asked for nothing.
      done =
          done.thenCompose(before -> refreshed(house.awake())).handle((fetched, failure) -> null);
    }
  }

  private static CompletionStage<Void> refreshed(Optional<Tenant> tenant) {
    return tenant.isPresent()
        ? tenant.get().refreshCopies()
        : CompletableFuture.completedFuture(null);
  }
}
