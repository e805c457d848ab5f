package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.Subscription;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyShare;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The keys that we publish: their seeds in memory, and the settings that name them. */
@Component(
    immediate = true,
    configurationPid = NamespaceKeys.NAME,
    service = {NamespaceKeys.class, HealthCheck.class})
@Designate(ocd = PqConfig.class)
public final class NamespaceKeys implements OpeningKeys, HealthCheck {
  static final String NAME = "org.noports.atserver.pq";

  private static final String LEGACY = "legacy";
  private static final int MOST_DAYS = 3650;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Map<Place, List<OwnSeeds.Seed>> loaded = new ConcurrentHashMap<>();
  private final List<Runnable> observers = new CopyOnWriteArrayList<>();
  private volatile Settings settings;
  private volatile Optional<String> problem = Optional.empty();

  /** An atSign's namespace. */
  record Place(AtSign owner, String namespace) {
    static Place parse(String text) {
      int colon = text.indexOf(':');
      String namespace = text.substring(colon + 1).strip();
      if (colon < 0 || !namespace.matches("[a-z0-9_.-]+")) {
        throw new IllegalArgumentException("'" + text + "' is not atSign:namespace");
      }
      return new Place(AtSign.of(text.substring(0, colon).strip()), namespace);
    }

    @Override
    public String toString() {
      return owner + ":" + namespace;
    }
  }

  /**
   * What the owner of this instance wants.
   *
   * @param publish where we have keys
   * @param seeds where their seeds are
   * @param otherwiseLegacy whether readers without keys are written to all the same
   * @param rotate how long a key is published; zero for ever
   */
  record Settings(List<Place> publish, OwnSeeds seeds, boolean otherwiseLegacy, Duration rotate) {
    Settings {
      publish = List.copyOf(publish);
      requireNonNull(seeds, "seeds is null");
    }

    static Settings of(PqConfig configuration) {
      List<Place> places = new ArrayList<>();
      for (String each : configuration.publish().split(",")) {
        if (!each.isBlank()) {
          places.add(Place.parse(each));
        }
      }
      Path base = Path.of(System.getProperty("karaf.base", ""));
      Path folder = base.resolve(configuration.keys().strip()).toAbsolutePath().normalize();
      boolean legacy = configuration.withoutKey().strip().equals(LEGACY);
      long days = Math.max(0, Math.min(MOST_DAYS, configuration.rotateDays()));
      return new Settings(places, new OwnSeeds(folder), legacy, Duration.ofDays(days));
    }
  }

  @Activate
  public NamespaceKeys(PqConfig configuration) {
    change(configuration);
  }

  /** What cannot be read publishes nothing and refuses whoever has no key. */
  @Modified
  void change(PqConfig configuration) {
    loaded.clear();
    problem = Optional.empty();
    try {
      settings = Settings.of(configuration);
    } catch (IllegalArgumentException e) {
      OwnSeeds none = new OwnSeeds(Path.of("").toAbsolutePath());
      settings = new Settings(List.of(), none, false, Duration.ZERO);
      trouble("'publish' cannot be read: " + e.getMessage());
    }
    settings.publish().forEach(this::load);
    observers.forEach(Runnable::run);
  }

  /** Calls back after each change of settings, until the subscription is closed. */
  Subscription onChange(Runnable observer) {
    observers.add(observer);
    return () -> observers.remove(observer);
  }

  private void load(Place place) {
    try {
      loaded.put(place, settings.seeds().of(place.owner(), place.namespace()));
    } catch (IdentityUnusable e) {
      trouble(e.getMessage());
    }
  }

  private void trouble(String why) {
    problem = Optional.of(why);
    PqLog.unreadable(why);
  }

  List<Place> places() {
    return settings.publish();
  }

  boolean otherwiseLegacy() {
    return settings.otherwiseLegacy();
  }

  @Override
  public Optional<OwnSeeds.Seed> find(AtSign owner, String namespace, String kid) {
    return loaded.getOrDefault(new Place(owner, namespace), List.of()).stream()
        .filter(seed -> seed.kid().equals(kid))
        .findFirst();
  }

  /** How long a key is published; zero for ever. */
  Duration rotate() {
    return settings.rotate();
  }

  /** The newest key of a place; cut and kept in its file first, if there is none. */
  Advertisement.Key newest(Place place, CipherCatalogue ciphers)
      throws IdentityUnusable, CipherUnavailable {
    if (seeds(place).isEmpty()) {
      return another(place, ciphers);
    }
    return all(place, ciphers).get(0);
  }

  /** A fresh key of a place, kept in its file; from now on it is the newest. */
  Advertisement.Key another(Place place, CipherCatalogue ciphers)
      throws IdentityUnusable, CipherUnavailable {
    settings.seeds().add(place.owner(), place.namespace(), cut(ciphers));
    return all(place, ciphers).get(0);
  }

  /** All keys of a place, the newest first. */
  List<Advertisement.Key> all(Place place, CipherCatalogue ciphers)
      throws IdentityUnusable, CipherUnavailable {
    List<Advertisement.Key> keys = new ArrayList<>();
    for (OwnSeeds.Seed seed : seeds(place)) {
      keys.add(0, new Advertisement.Key(seed.names(), publicKey(seed, ciphers)));
    }
    return keys;
  }

  private List<OwnSeeds.Seed> seeds(Place place) throws IdentityUnusable {
    List<OwnSeeds.Seed> seeds = settings.seeds().of(place.owner(), place.namespace());
    loaded.put(place, seeds);
    return seeds;
  }

  private static OwnSeeds.Seed cut(CipherCatalogue ciphers) throws CipherUnavailable {
    Profile.Names names = Profile.Names.X_WING;
    byte[] bytes = new byte[names.suite.sizes().seed()];
    RANDOM.nextBytes(bytes);
    OwnSeeds.Seed nameless = new OwnSeeds.Seed("", names, Secret.owning(bytes));
    String kid = ContentKey.kid(publicKey(nameless, ciphers));
    return new OwnSeeds.Seed(kid, names, nameless.secret());
  }

  private static byte[] publicKey(OwnSeeds.Seed seed, CipherCatalogue ciphers)
      throws CipherUnavailable {
    try (KeyShare share =
        ciphers.keyAgreement(seed.names().suite.agreement()).restore(seed.secret())) {
      return share.publicKey();
    }
  }

  @Override
  public String component() {
    return NAME;
  }

  @Override
  public Health check() {
    return problem
        .map(Health::degraded)
        .orElseGet(() -> Health.ok("Keys of " + loaded.size() + " namespace(s)"));
  }
}
