package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.identity.Identity;
import org.noports.protocol.json.JsonObject;

/**
 * The story of a key that others can seal to: published by whoever gets the lock, its seed kept
 * first; replaced when it has served its time. A record that another program of the atSign wrote is
 * not overwritten: its seed is there, not here.
 */
final class PublishKeyRing {
  /** As upstream has it; nobody deletes the lock. */
  private static final Lifetime LOCKED = Lifetime.of(Duration.ofMinutes(2));

  /** Enough for who comes late; each has 1.7 kB in a record that all writers read. */
  private static final int MOST_RETIRED = 3;

  private final NamespaceKeys keys;
  private final CipherCatalogue ciphers;
  private final Clock clock;
  private final Executor thread;

  /**
   * @param thread for files
   */
  PublishKeyRing(NamespaceKeys keys, CipherCatalogue ciphers, Clock clock, Executor thread) {
    this.keys = requireNonNull(keys, "keys is null");
    this.ciphers = requireNonNull(ciphers, "ciphers is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.thread = requireNonNull(thread, "thread is null");
  }

  /**
   * What stands at the atServer.
   *
   * @param kid of the key that is sealed to
   * @param at when it was published
   */
  record Published(String kid, Instant at) {
    boolean isDue(Duration rotate, Instant now) {
      return !rotate.isZero() && at.plus(rotate).isBefore(now);
    }
  }

  private interface Work<T, R> {
    CompletionStage<R> run(T input) throws NoPortsException;
  }

  private static <T, R> Function<T, CompletionStage<R>> step(Work<T, R> work) {
    return input -> {
      try {
        return work.run(input);
      } catch (NoPortsException e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }

  CompletionStage<Published> publish(
      AtServerSession session, Identity identity, NamespaceKeys.Place place) {
    Work<Boolean, Published> fresh =
        locked -> written(session, identity, place, keys.newest(place, ciphers));
    return session
        .lookUpPublic(Profile.keyRecord(place.namespace()), place.owner())
        .thenApply(Optional::of)
        .exceptionallyCompose(PublishKeyRing::absent)
        .thenComposeAsync(
            step(
                found ->
                    found.isEmpty()
                        ? locked(session, place, fresh)
                        : kept(session, identity, place, found.get())),
            thread);
  }

  private static CompletionStage<Optional<String>> absent(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ValueNotFound
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.failedFuture(cause);
  }

  /** What is there serves on, unless its time is over or a rotation was interrupted. */
  private CompletionStage<Published> kept(
      AtServerSession session, Identity identity, NamespaceKeys.Place place, String found)
      throws NoPortsException {
    JsonObject json = SignedDocument.parse(Profile.KEY_RING, found).unverified();
    Set<String> active =
        Advertisement.parse(json).keys().stream()
            .map(Advertisement.Key::kid)
            .collect(Collectors.toSet());
    List<Advertisement.Key> ours = keys.all(place, ciphers);
    if (ours.stream().noneMatch(key -> active.contains(key.kid()))) {
      throw new ProtocolViolation(
          "another program published a key there, whose seed is not here; bring it, or have that"
              + " program remove its record");
    }
    Advertisement.Key newest = ours.get(0);
    if (!active.contains(newest.kid())) {
      return locked(session, place, taken -> written(session, identity, place, newest));
    }
    Published standing = new Published(newest.kid(), Advertisement.createdAt(json));
    if (standing.isDue(keys.rotate(), clock.instant())) {
      return locked(
          session, place, taken -> written(session, identity, place, keys.another(place, ciphers)));
    }
    return CompletableFuture.completedFuture(standing);
  }

  /** Only one of several publishers goes on. */
  private CompletionStage<Published> locked(
      AtServerSession session, NamespaceKeys.Place place, Work<Boolean, Published> work) {
    return session
        .putIfAbsent(Profile.lockRecord(place.namespace()), "locked", LOCKED)
        .thenComposeAsync(
            step(
                taken -> {
                  if (!taken) {
                    throw new ProtocolViolation("another program is publishing one at this moment");
                  }
                  return work.run(true);
                }),
            thread);
  }

  private CompletionStage<Published> written(
      AtServerSession session,
      Identity identity,
      NamespaceKeys.Place place,
      Advertisement.Key active)
      throws NoPortsException {
    List<Advertisement.Key> retired =
        keys.all(place, ciphers).stream()
            .filter(key -> !key.kid().equals(active.kid()))
            .limit(MOST_RETIRED)
            .toList();
    Instant now = clock.instant();
    JsonObject ring = new Advertisement(List.of(active)).toJson(now, retired);
    return session
        .putPublic(
            Profile.keyRecord(place.namespace()), Signing.sign(Profile.KEY_RING, ring, identity))
        .thenApply(stored -> new Published(active.kid(), now));
  }
}
