package org.noports.cipher.catalogue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.CipherUser.Outcome;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Departure.Reason;
import org.noports.api.cipher.Provider;

/**
 * Has all users leave the providers that go, in the thread that stops the bundle or denies the
 * algorithm, which waits for them: a bundle is gone when nothing of it is in use. Comes after the
 * {@link Shelf}, which offers them no more; called without any lock.
 */
final class Departures {
  /** A user keeps the time itself; one that does not must not stop a bundle from stopping. */
  private static final Duration BEYOND = Duration.ofSeconds(2);

  private final Supplier<Duration> within;
  private final List<CipherUser> users = new CopyOnWriteArrayList<>();
  private final Map<Long, Set<Provider>> drained = new ConcurrentHashMap<>();

  /**
   * For the users of one catalogue.
   *
   * @param within what is configured: departSeconds
   */
  Departures(Supplier<Duration> within) {
    this.within = within;
  }

  void add(CipherUser user) {
    users.add(user);
  }

  void remove(CipherUser user) {
    users.remove(user);
  }

  /** A bundle stops, and perhaps comes back: what sessions keep of it is remembered. */
  void stopped(long bundle, Set<Provider> providers) {
    if (leave(providers, Reason.STOPPED).drained() > 0) {
      drained.merge(bundle, providers, Departures::together);
    }
  }

  private static Set<Provider> together(Set<Provider> some, Set<Provider> others) {
    Set<Provider> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** A bundle does not come back: what drains ends. */
  void uninstalled(long bundle) {
    Set<Provider> left = drained.remove(bundle);
    if (left != null) {
      leave(left, Reason.UNINSTALLED);
    }
  }

  /** Says what became of the sessions; those that took too long are not counted. */
  Outcome leave(Set<Provider> providers, Reason reason) {
    return providers.isEmpty()
        ? Outcome.NOTHING
        : leave(new Departure(providers, reason, within.get()));
  }

  private Outcome leave(Departure departure) {
    // All at once: the time is for all of them together.
    var leaving = users.stream().map(user -> ask(user, departure)).toList();
    long last = System.nanoTime() + departure.within().plus(BEYOND).toNanos();
    Outcome outcome = Outcome.NOTHING;
    for (var each : leaving) {
      try {
        outcome =
            outcome.and(each.get(Math.max(0, last - System.nanoTime()), TimeUnit.NANOSECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return outcome;
      } catch (ExecutionException | TimeoutException e) {
        CatalogueLog.notLeft(departure, e);
      }
    }
    if (!outcome.equals(Outcome.NOTHING)) {
      CatalogueLog.left(departure, outcome);
    }
    return outcome;
  }

  /** One that fails at once keeps nobody from asking the others. */
  private static CompletableFuture<Outcome> ask(CipherUser user, Departure departure) {
    try {
      return user.leave(departure).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** How many sessions hold something of each provider now. */
  Map<Provider, Integer> usage() {
    Map<Provider, Integer> all = new ConcurrentHashMap<>();
    users.forEach(
        user ->
            user.usage().forEach((provider, count) -> all.merge(provider, count, Integer::sum)));
    return all;
  }
}
