package org.noports.atserver.host;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.directory.DirectoryRecords;

/** Tells the atDirectory of this process, if there is one, where the atSigns answer. */
final class Registration {
  private final Neighbours neighbours;
  private final HostEvents events;
  private final Supplier<HostSettings> settings;

  Registration(Neighbours neighbours, HostEvents events, Supplier<HostSettings> settings) {
    this.neighbours = neighbours;
    this.events = events;
    this.settings = settings;
  }

  private Optional<DirectoryRecords> records() {
    return neighbours.records().filter(present -> settings.get().register());
  }

  /** Writes what differs: each record is forced to the disk, and there may be thousands. */
  void registerAll(Map<AtSign, HostPort> addresses) {
    records()
        .ifPresent(
            present -> {
              Map<AtSign, HostPort> known = present.all();
              addresses.forEach(
                  (atSign, address) -> {
                    if (!address.equals(known.get(atSign))) {
                      write(present, atSign, address);
                    }
                  });
            });
  }

  /** An atSign answers there from now on; nothing if it answers nowhere. */
  void register(AtSign atSign, Optional<HostPort> address) {
    records().ifPresent(present -> address.ifPresent(there -> write(present, atSign, there)));
  }

  private void write(DirectoryRecords present, AtSign atSign, HostPort address) {
    try {
      present.register(atSign, address);
      events.log().registered(atSign, address);
    } catch (StoreFailed e) {
      events.log().notRegistered(atSign, e.getMessage());
    }
  }

  /** An atSign answers no longer. */
  void forget(AtSign atSign) {
    records()
        .ifPresent(
            present -> {
              try {
                present.remove(atSign);
              } catch (StoreFailed e) {
                events.log().notForgotten(atSign, e.getMessage());
              }
            });
  }
}
