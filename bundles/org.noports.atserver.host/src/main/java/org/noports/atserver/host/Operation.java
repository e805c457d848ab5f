package org.noports.atserver.host;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.StoreFailed;
import org.noports.api.atserver.HostedAtSigns;
import org.noports.api.atserver.HostedAtSigns.Hosted;
import org.noports.api.health.Health;
import org.noports.api.store.AtSignStore;
import org.noports.atserver.host.enrollment.SigningKeyRecords;
import org.noports.atserver.host.record.Records;

/**
 * The host at work, from activation to deactivation: runs what changes it on the desk, so that
 * neither the framework's threads nor I/O ever wait.
 */
final class Operation implements AutoCloseable {
  private static final long LOOK_MILLIS = 2_000;

  /** Every atSign is swept once in so many looks: a minute, in small steps. */
  private static final int SWEEP_LOOKS = 30;

  private static final int SWEEP_LIMIT = 2_000;
  private static final String NO_STORE =
      "Commands are refused: there is no store. Start a bundle that provides AtStore, for example"
          + " org.noports.store.mvstore";

  private final Neighbours neighbours;
  private final HostLog log = new HostLog();
  private final Engine engine;
  private final Housing housing;
  private final ProvisionFolder folder;
  private final RefreshRound refreshRound = new RefreshRound();
  private volatile HostSettings settings;
  private volatile Optional<String> trouble = Optional.of("it is starting");
  private volatile Optional<String> unusedChange = Optional.empty();
  private boolean ready;
  private int sweeps;

  private Operation(HostSettings settings, Neighbours neighbours) {
    this.settings = settings;
    this.neighbours = neighbours;
    this.engine = new Engine(neighbours.wayOut());
    this.housing =
        new Housing(engine, neighbours, new HostEvents(log, neighbours), () -> this.settings);
    this.folder = new ProvisionFolder(housing, log);
  }

  /** Starts; returns at once. */
  static Operation start(HostSettings settings, Neighbours neighbours) {
    Operation operation = new Operation(settings, neighbours);
    operation
        .engine
        .desk()
        .scheduleWithFixedDelay(operation::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    operation
        .engine
        .desk()
        .scheduleWithFixedDelay(operation::sweep, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return operation;
  }

  Housing housing() {
    return housing;
  }

  void change(HostSettings fresh) {
    desk(() -> changed(fresh));
  }

  void storeArrived() {
    log.storeArrived();
    trouble = Optional.of("the store has just come, its atSigns are being opened");
    desk(
        () -> {
          ready = false;
          look();
        });
  }

  void storeLeft() {
    if (neighbours.store().isEmpty()) {
      log.storeLeft();
      housing.storeLeft();
      desk(() -> ready = false);
    }
  }

  void recordsArrived() {
    desk(housing::registerAll);
  }

  HostPort add(AtSign atSign, Founding founding) throws StoreFailed {
    found(atSign, founding);
    return address(atSign);
  }

  HostedAtSigns.Invited invite(AtSign atSign) throws StoreFailed {
    Secret secret = Founding.WithSecret.make();
    boolean made = false;
    try {
      made = found(atSign, new Founding.WithSecret(secret)) == Housing.Order.FOUNDED;
      return new HostedAtSigns.Invited(
          address(atSign), made ? Optional.of(secret) : Optional.empty());
    } finally {
      if (!made) {
        secret.close();
      }
    }
  }

  private Housing.Order found(AtSign atSign, Founding founding) throws StoreFailed {
    if (trouble.isPresent()) {
      throw new StoreFailed("No atSign can be hosted now: " + trouble.get());
    }
    if (founding instanceof Founding.WithKeys keys) {
      Optional<String> known = housing.authenticationKey(atSign);
      if (known.isPresent() && !known.equals(Optional.of(keys.authenticationKey()))) {
        throw new IllegalArgumentException(
            atSign + " is known here already with another key; delete it first");
      }
    }
    return housing.found(atSign, Optional.empty(), founding, HouseBook.Away.OPERATOR);
  }

  HostPort move(AtSign atSign, Optional<Integer> port) throws StoreFailed {
    housing.move(atSign, port);
    return address(atSign);
  }

  private HostPort address(AtSign atSign) throws StoreFailed {
    return housing
        .addressOf(atSign)
        .orElseThrow(
            () -> new StoreFailed("The port of " + atSign + " cannot be bound; see the log"));
  }

  List<Hosted> hosted() {
    return housing.all().stream()
        .flatMap(
            house ->
                housing
                    .addressOf(house.atSign())
                    .map(at -> new Hosted(house.atSign(), at, house.connections()))
                    .stream())
        .toList();
  }

  Health health() {
    if (neighbours.store().isEmpty()) {
      return Health.down(NO_STORE);
    }
    if (trouble.isPresent()) {
      return Health.down("The atServers are not served: " + trouble.get());
    }
    List<House> houses = housing.all();
    long deaf = houses.stream().filter(h -> housing.addressOf(h.atSign()).isEmpty()).count();
    int connections = houses.stream().mapToInt(House::connections).sum();
    String message = houses.size() + " atSigns hosted, " + connections + " connections";
    if (unusedChange.isPresent()) {
      return Health.degraded(
          message + "; the changed settings are not used: " + unusedChange.get());
    }
    return deaf == 0
        ? Health.ok(message)
        : Health.degraded(message + ", " + deaf + " without a port: see the log");
  }

  private void changed(HostSettings fresh) {
    HostSettings before = settings;
    try {
      engine.load(fresh);
      settings = fresh;
      if (ready && !fresh.listensLike(before)) {
        housing.rebind();
      }
      housing.registerAll();
      unusedChange = Optional.empty();
    } catch (IOException | StoreFailed e) {
      changeUnused(e);
    }
    look();
  }

  /** Gets ready if it is not yet, then looks for new orders; repeated for as long as it runs. */
  private void look() {
    if (neighbours.store().isEmpty()) {
      return;
    }
    try {
      if (!ready) {
        engine.load(settings);
        housing.openAll();
        ready = true;
      }
      renew();
      housing.retry();
      refreshRound.look(settings.limits().copyRefresh(), housing.all());
      folder.look(settings.provision());
      trouble = Optional.empty();
    } catch (IOException | StoreFailed | RuntimeException e) {
      report(e);
    }
  }

  private void renew() {
    try {
      if (engine.loadIfChanged(settings)) {
        unusedChange = Optional.empty();
      }
    } catch (IOException e) {
      changeUnused(e);
    }
  }

  private void changeUnused(Exception why) {
    String message = String.valueOf(why.getMessage());
    if (!unusedChange.equals(Optional.of(message))) {
      log.changeUnused(message);
    }
    unusedChange = Optional.of(message);
  }

  private void report(Exception why) {
    String message = String.valueOf(why.getMessage());
    if (!trouble.equals(Optional.of(message))) {
      log.notStarted(message);
    }
    trouble = Optional.of(message);
  }

  private void sweep() {
    List<House> houses = housing.all();
    int part = sweeps++ % SWEEP_LOOKS;
    for (int i = part; i < houses.size(); i += SWEEP_LOOKS) {
      House house = houses.get(i);
      house.space().ifPresent(space -> sweep(house.atSign(), space));
    }
  }

  private static void sweep(AtSign atSign, AtSignStore space) {
    space.sweep(SWEEP_LIMIT);
    new SigningKeyRecords(atSign, new Records(() -> Optional.of(space))).withdrawExpired();
  }

  private void desk(Runnable task) {
    try {
      engine.desk().execute(task);
    } catch (RejectedExecutionException e) {
      // Stopping: there is nothing left to change.
      trouble = Optional.of("it is stopping");
    }
  }

  @Override
  public void close() {
    engine.desk().shutdownNow();
    housing.close();
    engine.close();
  }
}
