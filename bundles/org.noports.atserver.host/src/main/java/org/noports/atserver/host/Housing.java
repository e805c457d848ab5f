package org.noports.atserver.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.atserver.host.line.Strangers;

/**
 * The atSigns hosted here: opens, moves, registers and removes them. All changes hold one lock and
 * may wait for store and sockets, so they come from the desk or an operator's thread.
 */
final class Housing {
  private static final int PAGE = 500;

  private final Neighbours neighbours;
  private final HostEvents events;
  private final Listeners listeners;
  private final Registration registration;
  private final Function<House, House.Rooms> furnish;
  private final Map<AtSign, House> houses = new ConcurrentSkipListMap<>();

  Housing(
      Engine engine, Neighbours neighbours, HostEvents events, Supplier<HostSettings> settings) {
    this.neighbours = neighbours;
    this.events = events;
    Strangers strangers = new Strangers(() -> settings.get().addressLimit());
    this.listeners = new Listeners(engine, events, settings, strangers);
    this.registration = new Registration(neighbours, events, settings);
    this.furnish =
        new Furnishing(
                engine, neighbours, events, settings, strangers, this::addressOf, listeners::route)
            ::of;
  }

  List<House> all() {
    return List.copyOf(houses.values());
  }

  /** Where an atSign that is hosted here answers. */
  Optional<HostPort> addressOf(AtSign atSign) {
    return Optional.ofNullable(houses.get(atSign)).flatMap(listeners::address);
  }

  /** Opens every atSign that the store holds, and gives the open ones the store that is here. */
  synchronized void openAll() throws StoreFailed {
    AtStore store = store();
    listeners.openShared();
    Optional<AtSign> after = Optional.empty();
    List<AtSign> page;
    do {
      page = Waiting.on(store.atSigns(after, PAGE));
      openPage(store, page);
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
    } while (page.size() == PAGE);
    registerAll();
  }

  /** What is known of an atSign before it is opened. */
  private record Found(AtSignStore space, HouseBook book, long queued) {
    static CompletionStage<Found> in(AtSignStore space) {
      return HouseBook.read(space)
          .thenCombine(space.queued(), (book, queued) -> new Found(space, book, queued));
    }
  }

  /** Asks for all of a page before it waits for the first. */
  private void openPage(AtStore store, List<AtSign> page) throws StoreFailed {
    List<CompletionStage<Found>> found = new ArrayList<>();
    for (AtSign atSign : page) {
      if (atSign.equals(AtStore.DIRECTORY)) {
        // The atDirectory's own, in the same store.
        continue;
      }
      found.add(store.create(atSign).thenCompose(Found::in));
    }
    for (CompletionStage<Found> one : found) {
      Found here = Waiting.on(one);
      if (here.book().away().isEmpty()) {
        House house = open(here.space(), here.book());
        if (here.queued() > 0) {
          house.tenant().nudge();
        }
      }
    }
  }

  /** What became of an order to host an atSign. */
  enum Order {
    /** It was not here. */
    FOUNDED,
    /** Its data was here, and is served again. */
    BACK,
    /** It is served already; no change. */
    KEPT,
    /** The operator took it away, and only a file asks; no change. */
    AWAY
  }

  /**
   * Hosts an atSign; never changes the data of one that is here.
   *
   * @param port one of its own, 0 for any
   * @param by who asks: a file does not bring back what the operator took away
   */
  synchronized Order found(
      AtSign atSign, Optional<Integer> port, Founding founding, HouseBook.Away by)
      throws StoreFailed {
    AtStore store = store();
    Optional<AtSignStore> known = Waiting.on(store.open(atSign));
    if (known.isPresent()) {
      return back(known.get(), by);
    }
    AtSignStore space = Waiting.on(store.create(atSign));
    Waiting.on(Founding.write(founding, space));
    HouseBook book = port.map(HouseBook.EMPTY::asked).orElse(HouseBook.EMPTY);
    if (port.isPresent()) {
      Waiting.on(book.write(space));
    }
    events.added(atSign);
    House house = open(space, book);
    Waiting.on(house.tenant().ensureSigningKeys());
    registration.register(house.atSign(), listeners.address(house));
    return Order.FOUNDED;
  }

  private Order back(AtSignStore space, HouseBook.Away by) throws StoreFailed {
    HouseBook book = Waiting.on(HouseBook.read(space));
    if (book.away().isEmpty()) {
      return Order.KEPT;
    }
    if (by == HouseBook.Away.FILE && book.away().get() != by) {
      return Order.AWAY;
    }
    HouseBook here = book.away(Optional.empty());
    Waiting.on(here.write(space));
    events.added(space.atSign());
    House house = open(space, here);
    house.tenant().nudge();
    registration.register(house.atSign(), listeners.address(house));
    return Order.BACK;
  }

  /** The authentication key of an atSign that is here. */
  synchronized Optional<String> authenticationKey(AtSign atSign) throws StoreFailed {
    Optional<AtSignStore> space = Waiting.on(store().open(atSign));
    return space.isEmpty() ? Optional.empty() : Waiting.on(Founding.authenticationKey(space.get()));
  }

  /** Serves an atSign no longer; its data stays. False if it is not served. */
  synchronized boolean remove(AtSign atSign, HouseBook.Away by) throws StoreFailed {
    House house = houses.get(atSign);
    if (house == null) {
      return false;
    }
    AtSignStore space = Waiting.on(store().create(atSign));
    HouseBook book = Waiting.on(HouseBook.read(space));
    Waiting.on(book.away(Optional.of(by)).write(space));
    vacate(house);
    events.removed(atSign);
    return true;
  }

  /** The same, and drops its data. False if there was neither. */
  synchronized boolean delete(AtSign atSign) throws StoreFailed {
    Optional.ofNullable(houses.get(atSign)).ifPresent(this::vacate);
    boolean dropped = Waiting.on(store().drop(atSign));
    if (dropped) {
      events.deleted(atSign);
    }
    return dropped;
  }

  private void vacate(House house) {
    listeners.close(house);
    houses.remove(house.atSign());
    registration.forget(house.atSign());
    house.close();
  }

  /** Gives an atSign a port of its own, or takes it back to the shared one; connections go on. */
  synchronized void move(AtSign atSign, Optional<Integer> port) throws StoreFailed {
    House house = houses.get(atSign);
    if (house == null) {
      throw new StoreFailed(atSign + " is not served here; add it first");
    }
    AtSignStore space = Waiting.on(store().create(atSign));
    HouseBook book = port.map(HouseBook.EMPTY::asked).orElse(HouseBook.EMPTY);
    Waiting.on(book.write(space));
    listeners.close(house);
    listeners.open(house, space, book, takenBeside(house));
    registration.register(atSign, listeners.address(house));
  }

  /** The store is gone: commands are refused by name until one is back. */
  void storeLeft() {
    houses.values().forEach(house -> house.space(Optional.empty()));
  }

  /** Listens where the settings now say; connections go on. */
  synchronized void rebind() throws StoreFailed {
    listeners.closeShared();
    listeners.openShared();
    for (House house : houses.values()) {
      Optional<AtSignStore> space = house.space();
      if (space.isPresent()) {
        listeners.close(house);
        HouseBook book = Waiting.on(HouseBook.read(space.get()));
        listeners.open(house, space.get(), book, takenBeside(house));
      }
    }
  }

  /** Tries again what could not be opened, for as long as it cannot. */
  synchronized void retry() {
    if (listeners.openShared()) {
      registerAll();
    }
  }

  /** Tells the atDirectory of this process, if there is one, where everybody is. */
  synchronized void registerAll() {
    registration.registerAll(
        houses.values().stream()
            .filter(house -> listeners.address(house).isPresent())
            .collect(
                Collectors.toMap(House::atSign, house -> listeners.address(house).orElseThrow())));
  }

  synchronized void close() {
    listeners.closeShared();
    houses.values().forEach(listeners::close);
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

  private House open(AtSignStore space, HouseBook book) throws StoreFailed {
    House house = houses.computeIfAbsent(space.atSign(), name -> new House(name, furnish));
    house.space(Optional.of(space));
    if (house.place() instanceof House.Place.Nowhere) {
      listeners.open(house, space, book, takenBeside(house));
    }
    return house;
  }

  private Set<Integer> takenBeside(House house) {
    return houses.values().stream()
        .filter(other -> other != house)
        .map(House::ownPort)
        .collect(Collectors.toSet());
  }
}
