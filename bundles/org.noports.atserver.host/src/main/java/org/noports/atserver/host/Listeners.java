package org.noports.atserver.host;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.store.AtSignStore;
import org.noports.atserver.host.line.HostLabel;
import org.noports.atserver.host.line.NameBoard;
import org.noports.atserver.host.line.Port;
import org.noports.atserver.host.line.Strangers;

/**
 * The ports: one that all atSigns of the domain share, and one for each atSign that has its own.
 * Only {@link Housing} calls, under its lock, on threads that may wait.
 */
final class Listeners {
  /** How far a taken port is stepped over. */
  private static final int STEPS = 200;

  /** Bound there, a port is on the loopback, too. */
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "");

  private final Engine engine;
  private final HostEvents events;
  private final Supplier<HostSettings> settings;
  private final Strangers strangers;
  private final NameBoard names = new NameBoard();
  private final Port shared = new Port(names::accept);
  private volatile int sharedNumber;
  private String sharedTrouble = "";

  Listeners(
      Engine engine, HostEvents events, Supplier<HostSettings> settings, Strangers strangers) {
    this.strangers = strangers;
    this.engine = engine;
    this.events = events;
    this.settings = settings;
  }

  /** Where an atSign answers; empty while it does not. */
  Optional<HostPort> address(House house) {
    if (house.place() instanceof House.Place.Own own) {
      return Optional.of(new HostPort(settings.get().advertisedHost(), own.number()));
    }
    return house.place() instanceof House.Place.Shared named && sharedNumber > 0
        ? Optional.of(new HostPort(named.name(), sharedNumber))
        : Optional.empty();
  }

  /**
   * The way from here to an address: to a name on our own shared port it is the loopback, since a
   * machine behind NAT often cannot reach itself by the name that others know it by.
   */
  HostPort route(HostPort address) {
    if (address.port() != sharedNumber || !names.knows(address.host())) {
      return address;
    }
    String bound = settings.get().bindAddress();
    return new HostPort(ANY.contains(bound) ? "localhost" : bound, sharedNumber);
  }

  /**
   * Listens at the shared port if there is to be one and it is not open.
   *
   * @return whether it was opened just now
   */
  boolean openShared() {
    HostSettings now = settings.get();
    if (now.domain().isEmpty() || sharedNumber > 0) {
      return false;
    }
    try {
      sharedNumber = bind(shared, now.sharedPort());
      sharedTrouble = "";
      events.log().sharing(now.domain().get(), sharedNumber);
    } catch (ExecutionException e) {
      if (!sharedTrouble.equals(e.getCause().getMessage())) {
        sharedTrouble = e.getCause().getMessage();
        events.log().notSharing(sharedTrouble);
      }
    }
    return sharedNumber > 0;
  }

  void closeShared() {
    shared.close();
    sharedNumber = 0;
  }

  /** Lets a house answer where its book and the settings say; leaves it nowhere if that fails. */
  void open(House house, AtSignStore space, HouseBook book, Set<Integer> taken) throws StoreFailed {
    Optional<String> domain = settings.get().domain();
    if (domain.isPresent() && !book.ownPort()) {
      String name = HostLabel.of(house.atSign()) + "." + domain.get();
      names.put(name, house::reception);
      house.place(new House.Place.Shared(name));
      return;
    }
    Port port = new Port(channel -> house.reception().accept(channel));
    String why = "there is no port to try";
    for (int wanted : candidates(book, settings.get().firstPort(), taken)) {
      try {
        house.place(new House.Place.Own(port, bind(port, wanted)));
        keep(house, space, book);
        return;
      } catch (ExecutionException e) {
        why = e.getCause().getMessage();
      }
    }
    events.log().notOpened(house.atSign(), why);
  }

  /** Lets a house answer nowhere; its connections go on. */
  void close(House house) {
    if (house.place() instanceof House.Place.Own own) {
      own.port().close();
    } else if (house.place() instanceof House.Place.Shared named) {
      names.remove(named.name());
    }
    house.place(new House.Place.Nowhere());
  }

  private int bind(Port port, int wanted) throws ExecutionException {
    HostSettings now = settings.get();
    InetSocketAddress address = new InetSocketAddress(now.bindAddress(), wanted);
    try {
      return port.listen(engine.loops(), address, engine.server(), now.handshake(), strangers)
          .toCompletableFuture()
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException(new StoreFailed("Interrupted while binding " + address, e));
    }
  }

  private void keep(House house, AtSignStore space, HouseBook book) throws StoreFailed {
    int number = house.ownPort();
    if (book.port().filter(port -> port != number).isPresent()) {
      events.log().portMoved(house.atSign(), book.port().get(), number);
    }
    if (!book.port().equals(Optional.of(number))) {
      Waiting.on(book.at(number).write(space));
    }
    events.log().listening(house.atSign(), address(house).orElseThrow());
  }

  /**
   * The ports to try, best first; 0 stands for any.
   *
   * @param first what the configuration gives out from; 0 if it does not matter
   * @param taken those of the other atSigns here
   */
  private static List<Integer> candidates(HouseBook book, int first, Set<Integer> taken) {
    List<Integer> ports = new ArrayList<>();
    book.port()
        .filter(port -> (book.ownPort() || port >= first) && !taken.contains(port))
        .ifPresent(ports::add);
    if (first == 0) {
      ports.add(0);
      return ports;
    }
    for (int port = first; port <= Math.min(first + STEPS, 65_535); port++) {
      if (!taken.contains(port) && !ports.contains(port)) {
        ports.add(port);
      }
    }
    return ports;
  }
}
