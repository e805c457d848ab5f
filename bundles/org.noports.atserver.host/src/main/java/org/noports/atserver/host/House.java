package org.noports.atserver.host;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.atserver.host.line.Port;
import org.noports.atserver.host.tenant.Tenant;

/** One hosted atSign as the host sees it: its tenant, its port, its space in the store. */
final class House {
  private final AtSign atSign;
  private volatile Optional<AtSignStore> space = Optional.empty();
  private volatile Optional<Tenant> tenant = Optional.empty();
  private volatile Optional<Port> port = Optional.empty();
  private volatile int number;

  House(AtSign atSign) {
    this.atSign = requireNonNull(atSign, "atSign is null");
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

  Tenant tenant() {
    return tenant.orElseThrow();
  }

  Port port() {
    return port.orElseThrow();
  }

  void furnish(Tenant made, Port opened) {
    tenant = Optional.of(made);
    port = Optional.of(opened);
  }

  /** Where it listens; 0 if it does not. */
  int number() {
    return number;
  }

  void number(int listening) {
    number = listening;
  }

  void close() {
    port.ifPresent(Port::close);
    tenant.ifPresent(Tenant::close);
  }
}
