package org.noports.atserver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.rules.ExternalResource;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.HostPort;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.directory.AtDirectory;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.Identities;
import org.noports.api.identity.Identity;
import org.noports.api.network.Route;
import org.noports.testkit.fakes.RealKeys;

/** A fake world with @alice and @bob, and the sessions under test that connect to it. */
final class TwoAtSigns extends ExternalResource implements Identities, AtDirectory {
  static final AtSign ALICE = AtSign.of("@alice");
  static final AtSign BOB = AtSign.of("@bob");
  static final RealKeys ALICES_KEYS = RealKeys.of("@alice");
  static final RealKeys BOBS_KEYS = RealKeys.of("@bob");

  final Map<AtSign, Identity> identities = new ConcurrentHashMap<>();
  final Map<String, HealthCheck> health = new ConcurrentHashMap<>();
  final BlockingQueue<AtSign> forgotten = new LinkedBlockingQueue<>();
  volatile boolean lost;
  private final List<SharedAtServers> others = new ArrayList<>();
  FakeAtServers world;
  SharedAtServers atServers;

  @Override
  protected void before() throws Throwable {
    world = new FakeAtServers();
    world.add(ALICES_KEYS);
    world.add(BOBS_KEYS);
    identities.put(ALICE, ALICES_KEYS);
    identities.put(BOB, BOBS_KEYS);
    atServers = connecting(settings());
  }

  SharedAtServers connecting(AtServerSettings settings) {
    return connecting(settings, Clock.systemUTC());
  }

  SharedAtServers connecting(AtServerSettings settings, Clock clock) {
    SharedAtServers fresh =
        new SharedAtServers(
            settings,
            check -> {
              health.put(check.component(), check);
              return () -> health.remove(check.component());
            },
            clock);
    fresh.bindProxy(target -> Route.DIRECT);
    fresh.bindIdentities(this);
    fresh.bindDirectory(this);
    return fresh;
  }

  /** Answers within 3 s; a heartbeat so rare that only tests which want it shorter see one. */
  static AtServerSettings settings() {
    return settings(Duration.ofSeconds(60));
  }

  static AtServerSettings settings(Duration heartbeat) {
    return new AtServerSettings(
        List.of(Path.of("src/test/resources/tls/ca.pem")),
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        heartbeat,
        Duration.ZERO,
        Optional.empty());
  }

  /** Sessions of another process, stopped with the test. */
  void alsoStop(SharedAtServers other) {
    others.add(other);
  }

  void stopOthers() {
    others.forEach(SharedAtServers::stop);
    others.clear();
  }

  @Override
  protected void after() {
    stopOthers();
    atServers.stop();
    try {
      world.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  AtServerSession session(AtSign atSign) throws Exception {
    return get(atServers.session(atSign));
  }

  BlockingQueue<Notification> inbox(AtServerSession session) {
    BlockingQueue<Notification> inbox = new LinkedBlockingQueue<>();
    session.subscribe(name -> name.endsWith(".sshnp"), inbox::add);
    return inbox;
  }

  static OutgoingNotification toBob(String name, String value) {
    return OutgoingNotification.ofSession(BOB, name, value);
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** The reason for which a stage fails. */
  static <X extends NoPortsException> X refusal(Class<X> reason, CompletionStage<?> stage)
      throws InterruptedException, TimeoutException {
    try {
      stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
      throw new AssertionError("It did not fail");
    } catch (ExecutionException e) {
      return reason.cast(e.getCause());
    }
  }

  @Override
  public Identity identity(AtSign atSign) throws IdentityUnusable {
    return Optional.ofNullable(identities.get(atSign))
        .orElseThrow(() -> new IdentityUnusable("There is no key file for " + atSign));
  }

  @Override
  public List<AtSign> present() {
    return List.copyOf(identities.keySet());
  }

  @Override
  public Path keyFile(AtSign atSign) {
    return Path.of(atSign + "_key.atKeys");
  }

  @Override
  public CompletionStage<HostPort> find(AtSign atSign) {
    if (lost) {
      return CompletableFuture.failedFuture(new DirectoryUnavailable("The directory is away"));
    }
    return world.authenticationKeys.containsKey(atSign.name())
        ? CompletableFuture.completedFuture(world.address())
        : CompletableFuture.failedFuture(new AtSignNotFound("There is no " + atSign));
  }

  @Override
  public void forget(AtSign atSign) {
    forgotten.add(atSign);
  }
}
