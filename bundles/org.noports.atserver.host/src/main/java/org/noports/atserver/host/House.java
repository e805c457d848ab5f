package org.noports.atserver.host;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.atserver.host.line.Port;
import org.noports.atserver.host.line.Reception;
import org.noports.atserver.host.tenant.Tenant;

/**
 * One hosted atSign as the host sees it: where it answers, its space in the store, and, once
 * somebody came or something is to be sent, who lives there. Most atSigns sleep most of the time.
 */
final class House {
  private final AtSign atSign;
  private final Function<House, Rooms> furnish;
  private volatile Optional<AtSignStore> space = Optional.empty();
  private volatile Place place = new Place.Nowhere();
  private Optional<Rooms> rooms = Optional.empty();
  private boolean closed;

  /** What a house has inside. */
  record Rooms(Tenant tenant, Reception reception) {}

  /** Where an atSign answers. */
  sealed interface Place {
    /** Nowhere now. */
    record Nowhere() implements Place {}

    /**
     * At a port of its own.
     *
     * @param number the port's
     */
    record Own(Port port, int number) implements Place {}

    /**
     * At the shared port.
     *
     * @param name its host name there
     */
    record Shared(String name) implements Place {}
  }

  House(AtSign atSign, Function<House, Rooms> furnish) {
    this.atSign = requireNonNull(atSign, "atSign is null");
    this.furnish = requireNonNull(furnish, "furnish is null");
  }

  AtSign atSign() {
    return atSign;
  }

  /** The atSign's space in the store that is present now. */
  Optional<AtSignStore> space() {
    return space;
  }

  void space(Optional<AtSignStore> now) {
    space = now;
  }

  Place place() {
    return place;
  }

  void place(Place now) {
    place = now;
  }

  /** The port of its own that it listens at; 0 if it has none. */
  int ownPort() {
    return place instanceof Place.Own own ? own.number() : 0;
  }

  Tenant tenant() {
    return rooms().tenant();
  }

  /** The tenant, if anybody has needed it since the start. */
  synchronized Optional<Tenant> awake() {
    return rooms.map(Rooms::tenant);
  }

  Reception reception() {
    return rooms().reception();
  }

  private synchronized Rooms rooms() {
    Rooms made = rooms.orElseGet(() -> furnish.apply(this));
    rooms = Optional.of(made);
    if (closed) {
      made.reception().close();
    }
    return made;
  }

  /** Connections open now. */
  synchronized int connections() {
    return rooms.map(made -> made.reception().connections()).orElse(0);
  }

  /** Ends all connections, deliveries and calls. */
  synchronized void close() {
    closed = true;
    rooms.ifPresent(
        made -> {
          made.reception().close();
          made.tenant().close();
        });
  }
}
