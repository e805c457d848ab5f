package org.noports.atserver.host;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.directory.DirectoryRecords;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.atserver.host.line.Port;
import org.noports.atserver.host.tenant.Surroundings;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.atserver.host.verb.VerbTable;

/**
 * The atSigns hosted here: opens, moves, registers and removes them. All changes hold one lock and
 * may wait for store and sockets, so they come from the desk or an operator's thread.
 */
final class Housing {
  private static final int PAGE = 200;

  private final Engine engine;
  private final Neighbours neighbours;
  private final HostEvents events;
  private final Supplier<HostSettings> settings;
  private final VerbTable verbs = new VerbTable();
  private final Map<AtSign, House> houses = new ConcurrentSkipListMap<>();

  Housing(
      Engine engine, Neighbours neighbours, HostEvents events, Supplier<HostSettings> settings) {
    this.engine = engine;
    this.neighbours = neighbours;
    this.events = events;
    this.settings = settings;
  }

  List<House> all() {
    return List.copyOf(houses.values());
  }

  /** Where an atSign that is hosted here answers. */
  Optional<HostPort> addressOf(AtSign atSign) {
    return Optional.ofNullable(houses.get(atSign))
        .filter(house -> house.number() > 0)
        .map(this::address);
  }

  HostPort address(House house) {
    return new HostPort(settings.get().advertisedHost(), house.number());
  }

  /** Opens every atSign that the store holds, and gives the open ones the store that is here. */
  synchronized void openAll() throws StoreFailed {
    AtStore store = store();
    Optional<AtSign> after = Optional.empty();
    List<AtSign> page;
    do {
      page = Waiting.on(store.atSigns(after, PAGE));
      for (AtSign atSign : page) {
        open(atSign, Waiting.on(store.create(atSign)));
      }
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == PAGE);
  }

  /**
   * Hosts an atSign that is not here yet.
   *
   * @param port the port to listen at, if that matters
   * @return empty if it is here already, and nothing was changed
   */
  synchronized Optional<House> found(AtSign atSign, Optional<Integer> port, Founding founding)
      throws StoreFailed {
    AtStore store = store();
    if (Waiting.on(store.open(atSign)).isPresent()) {
      return Optional.empty();
    }
    AtSignStore space = Waiting.on(store.create(atSign));
    Waiting.on(Founding.write(founding, space));
    if (port.isPresent()) {
      Waiting.on(PortBook.remember(space, port.get()));
    }
    events.added(atSign);
    return Optional.of(open(atSign, space));
  }

  /** The authentication key of an atSign that is here. */
  synchronized Optional<String> authenticationKey(AtSign atSign) throws StoreFailed {
    Optional<AtSignStore> space = Waiting.on(store().open(atSign));
    return space.isEmpty() ? Optional.empty() : Waiting.on(Founding.authenticationKey(space.get()));
  }

  synchronized boolean remove(AtSign atSign) throws StoreFailed {
    House house = houses.remove(atSign);
    if (house != null) {
      house.close();
    }
    Optional<DirectoryRecords> records = neighbours.records();
    if (records.isPresent() && settings.get().register()) {
      records.get().remove(atSign);
    }
    boolean dropped = Waiting.on(store().drop(atSign));
    if (dropped) {
      events.removed(atSign);
    }
    return dropped;
  }

  /** The store is gone: commands are refused by name until one is back. */
  void storeLeft() {
    houses.values().forEach(house -> house.space(Optional.empty()));
  }

  /** Listens where the settings now say; connections go on. */
  synchronized void rebind() throws StoreFailed {
    for (House house : houses.values()) {
      Optional<AtSignStore> space = house.space();
      if (space.isPresent()) {
        house.port().stopListening();
        house.number(0);
        listen(house, space.get());
      }
    }
  }

  /** Tells the atDirectory of this process, if there is one, where everybody is. */
  synchronized void registerAll() {
    houses.values().forEach(this::register);
  }

  synchronized void close() {
    houses.values().forEach(House::close);
    houses.clear();
  }

  private AtStore store() throws StoreFailed {
    return neighbours
        .store()
        .orElseThrow(
            () ->
                new StoreFailed(
                    "There is no store now: start a bundle that provides AtStore, for example"
                        + " org.noports.store.mvstore, and try again"));
  }

  private House open(AtSign atSign, AtSignStore space) throws StoreFailed {
    House house = houses.getOrDefault(atSign, new House(atSign));
    house.space(Optional.of(space));
    if (!houses.containsKey(atSign)) {
      furnish(house);
      Waiting.on(house.tenant().ensureSigningKeys());
    }
    if (house.number() == 0) {
      listen(house, space);
    }
    houses.put(atSign, house);
    register(house);
    house.tenant().nudge();
    return house;
  }

  private void furnish(House house) {
    Surroundings around =
        new Surroundings(
            atSign -> house.space(),
            new NetworkDialer(
                engine.loops(), engine::client, neighbours::directory, this::addressOf),
            engine.workers(),
            engine.loops().next(),
            () -> settings.get().limits(),
            events);
    Tenant tenant = new Tenant(house.atSign(), around);
    house.furnish(tenant, new Port(tenant, verbs));
  }

  private void listen(House house, AtSignStore space) throws StoreFailed {
    HostSettings now = settings.get();
    Set<Integer> taken =
        houses.values().stream()
            .filter(other -> other != house)
            .map(House::number)
            .collect(Collectors.toSet());
    Optional<Integer> remembered = Waiting.on(PortBook.remembered(space));
    String why = "there is no port to try";
    for (int wanted : PortBook.candidates(remembered, now.firstPort(), taken)) {
      try {
        InetSocketAddress address = new InetSocketAddress(now.bindAddress(), wanted);
        house.number(
            house
                .port()
                .listen(engine.loops(), address, engine.server())
                .toCompletableFuture()
                .get());
        keep(house, space, remembered);
        return;
      } catch (ExecutionException e) {
        why = e.getCause().getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreFailed("Interrupted while binding a port", e);
      }
    }
    events.log().notOpened(house.atSign(), why);
  }

  private void keep(House house, AtSignStore space, Optional<Integer> remembered)
      throws StoreFailed {
    int number = house.number();
    if (remembered.filter(port -> port != number).isPresent()) {
      events.log().portMoved(house.atSign(), remembered.get(), number);
    }
    if (!remembered.equals(Optional.of(number))) {
      Waiting.on(PortBook.remember(space, number));
    }
    events.log().listening(house.atSign(), address(house));
  }

  private void register(House house) {
    Optional<DirectoryRecords> records = neighbours.records();
    if (records.isEmpty() || !settings.get().register() || house.number() == 0) {
      return;
    }
    try {
      records.get().register(house.atSign(), address(house));
      events.log().registered(house.atSign(), address(house));
    } catch (StoreFailed e) {
      events.log().notRegistered(house.atSign(), e.getMessage());
    }
  }
}
