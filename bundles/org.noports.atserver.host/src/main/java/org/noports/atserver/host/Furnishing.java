package org.noports.atserver.host;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.atserver.host.line.Reception;
import org.noports.atserver.host.line.Strangers;
import org.noports.atserver.host.tenant.Surroundings;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.atserver.host.verb.VerbTable;

/** Makes what is inside a house, when it is needed first. */
final class Furnishing {
  private final Engine engine;
  private final Neighbours neighbours;
  private final HostEvents events;
  private final Supplier<HostSettings> settings;
  private final Strangers strangers;
  private final NetworkDialer dialer;
  private final HostCertificates certificates;
  private final VerbTable verbs = new VerbTable();

  Furnishing(
      Engine engine,
      Neighbours neighbours,
      HostEvents events,
      Supplier<HostSettings> settings,
      Strangers strangers,
      Function<AtSign, Optional<HostPort>> addressOf,
      UnaryOperator<HostPort> route) {
    this.engine = engine;
    this.neighbours = neighbours;
    this.events = events;
    this.settings = settings;
    this.strangers = strangers;
    this.dialer =
        new NetworkDialer(engine.loops(), engine::client, neighbours::directory, addressOf, route);
    this.certificates =
        new HostCertificates(
            () -> settings.get().clientCertificateRequired(), engine::check, dialer::find);
  }

  House.Rooms of(House house) {
    Surroundings around =
        new Surroundings(
            atSign -> house.space(),
            dialer,
            certificates,
            new WorkerShare(engine.workers(), Engine.WORKERS),
            engine.loops().next(),
            neighbours::ciphers,
            () -> settings.get().limits(),
            events);
    Tenant tenant = new Tenant(house.atSign(), around);
    return new House.Rooms(tenant, new Reception(tenant, verbs, strangers));
  }
}
