package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.NoPortsException;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServers;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Publishes the keys that the settings name, tries again what failed, and rotates them. */
@Component(immediate = true, service = HealthCheck.class)
public final class PublishKeys implements HealthCheck {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final NamespaceKeys keys;
  private final AtServers atServers;
  private final Identities identities;
  private final Clock clock;
  private final PublishKeyRing story;
  private final Map<NamespaceKeys.Place, PublishKeyRing.Published> done = new ConcurrentHashMap<>();
  private final Map<NamespaceKeys.Place, String> told = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread;
  private final Subscription changes;

  @Activate
  public PublishKeys(
      @Reference NamespaceKeys keys,
      @Reference AtServers atServers,
      @Reference Identities identities,
      @Reference CipherCatalogue ciphers) {
    this(keys, atServers, identities, ciphers, Clock.systemUTC());
  }

  /** For tests that set the clock. */
  PublishKeys(
      NamespaceKeys keys,
      AtServers atServers,
      Identities identities,
      CipherCatalogue ciphers,
      Clock clock) {
    this.keys = requireNonNull(keys, "keys is null");
    this.atServers = requireNonNull(atServers, "atServers is null");
    this.identities = requireNonNull(identities, "identities is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread fresh = new Thread(work, "noports-namespace-keys");
              fresh.setDaemon(true);
              return fresh;
            });
    this.story = new PublishKeyRing(keys, ciphers, clock, thread);
    thread.scheduleWithFixedDelay(this::all, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    this.changes = keys.onChange(() -> thread.execute(this::anew));
  }

  /** Seeds may be elsewhere now, and so may be the keys that were ours. */
  private void anew() {
    done.clear();
    all();
  }

  private void all() {
    for (NamespaceKeys.Place place : keys.places()) {
      PublishKeyRing.Published before = done.get(place);
      if (before == null || before.isDue(keys.rotate(), clock.instant())) {
        publish(place).whenComplete((now, failure) -> say(place, now, failure));
      }
    }
  }

  private void say(NamespaceKeys.Place place, PublishKeyRing.Published now, Throwable failure) {
    if (failure == null) {
      done.put(place, now);
      told.remove(place);
      PqLog.published(place, now.kid());
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
        .filter(place -> !done.containsKey(place))
        .map(place -> told.getOrDefault(place, place + " is being published"))
        .findFirst();
  }

  private CompletionStage<PublishKeyRing.Published> publish(NamespaceKeys.Place place) {
    try {
      Identity identity = identities.identity(place.owner());
      return atServers
          .session(place.owner())
          .thenCompose(session -> story.publish(session, identity, place));
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
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
