package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.Subscription;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.Lifetime;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The story of a key that others can seal to: its seed kept first, then signed and published by
 * whoever gets the lock. A record that another program of the atSign wrote is not overwritten: its
 * seed is there, not here.
 */
@Component(immediate = true, service = HealthCheck.class)
public final class PublishKeys implements HealthCheck {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** As upstream has it; nobody deletes the lock. */
  private static final Lifetime LOCKED = Lifetime.of(Duration.ofMinutes(2));

  private final NamespaceKeys keys;
  private final AtServers atServers;
  private final Identities identities;
  private final CipherCatalogue ciphers;
  private final Clock clock;
  private final Set<NamespaceKeys.Place> done = ConcurrentHashMap.newKeySet();
  private final Map<NamespaceKeys.Place, String> told = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread;
  private final Subscription changes;

  @Activate
  public PublishKeys(
      @Reference NamespaceKeys keys,
      @Reference AtServers atServers,
      @Reference Identities identities,
      @Reference CipherCatalogue ciphers) {
    this.keys = requireNonNull(keys, "keys is null");
    this.atServers = requireNonNull(atServers, "atServers is null");
    this.identities = requireNonNull(identities, "identities is null");
    this.ciphers = requireNonNull(ciphers, "ciphers is null");
    this.clock = Clock.systemUTC();
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread fresh = new Thread(work, "noports-namespace-keys");
              fresh.setDaemon(true);
              return fresh;
            });
    thread.scheduleWithFixedDelay(this::all, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    this.changes = keys.onChange(() -> thread.execute(this::anew));
  }

  /** Seeds may be elsewhere now, and so may be the keys that were ours. */
  private void anew() {
    done.clear();
    all();
  }

  private void all() {
    Set<NamespaceKeys.Place> open = new HashSet<>(keys.places());
    open.removeAll(done);
    open.forEach(place -> publish(place).whenComplete((key, failure) -> say(place, key, failure)));
  }

  private void say(NamespaceKeys.Place place, String kid, Throwable failure) {
    if (failure == null) {
      done.add(place);
      told.remove(place);
      PqLog.published(place, kid);
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String why = place + " has no key of ours published: " + cause.getMessage();
    if (!why.equals(told.put(place, why))) {
      PqLog.notPublished(why);
    }
  }

  /** Why something that is to be published is not, as it was last found. */
  Optional<String> refusal() {
    return keys.places().stream()
        .filter(place -> !done.contains(place))
        .map(place -> told.getOrDefault(place, place + " is being published"))
        .findFirst();
  }

  /** The name of the key that is published then. */
  private CompletionStage<String> publish(NamespaceKeys.Place place) {
    try {
      Identity identity = identities.identity(place.owner());
      Advertisement.Key key = keys.newest(place, ciphers);
      Advertisement all = new Advertisement(List.of(key));
      String text = Signing.sign(Profile.KEY_RING, all.toJson(clock.instant()), identity);
      return atServers
          .session(place.owner())
          .thenCompose(session -> published(session, place, key, text));
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<String> published(
      AtServerSession session, NamespaceKeys.Place place, Advertisement.Key key, String text) {
    return session
        .lookUpPublic(Profile.keyRecord(place.namespace()), place.owner())
        .thenApply(Optional::of)
        .exceptionallyCompose(PublishKeys::absent)
        .thenCompose(
            found -> found.isEmpty() ? first(session, place, key, text) : ours(found.get(), key));
  }

  private static CompletionStage<Optional<String>> absent(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ValueNotFound
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.failedFuture(cause);
  }

  private static CompletionStage<String> ours(String found, Advertisement.Key key) {
    try {
      boolean ours =
          Advertisement.parse(SignedDocument.parse(Profile.KEY_RING, found).unverified())
              .keys()
              .stream()
              .anyMatch(each -> each.kid().equals(key.kid()));
      return ours
          ? CompletableFuture.completedFuture(key.kid())
          : CompletableFuture.failedFuture(
              new ProtocolViolation(
                  "another program published a key there, whose seed is not here; bring it, or"
                      + " have that program remove its record"));
    } catch (ProtocolViolation e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<String> first(
      AtServerSession session, NamespaceKeys.Place place, Advertisement.Key key, String text) {
    return session
        .putIfAbsent(Profile.lockRecord(place.namespace()), key.kid(), LOCKED)
        .thenCompose(
            ours ->
                ours
                    ? session.putPublic(Profile.keyRecord(place.namespace()), text)
                    : CompletableFuture.failedFuture(
                        new ProtocolViolation("another program is publishing one at this moment")))
        .thenApply(stored -> key.kid());
  }

  @Override
  public String component() {
    return NamespaceKeys.NAME + " (publishing)";
  }

  @Override
  public Health check() {
    return refusal()
        .map(Health::degraded)
        .orElseGet(() -> Health.ok(keys.places().size() + " published"));
  }

  @Deactivate
  public void stop() {
    changes.close();
    thread.shutdownNow();
  }
}
