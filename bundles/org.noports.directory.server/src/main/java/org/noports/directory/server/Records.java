package org.noports.directory.server;

import java.util.Map;
import java.util.SortedMap;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;

/**
 * Where the records are kept. Look-ups are answered from memory, whatever happens to the place
 * itself: what it said last counts. Thread-safe.
 */
interface Records {
  /** All records, by atSign; unmodifiable. */
  SortedMap<AtSign, HostPort> all();

  /** What is answered, by bare name. */
  Map<String, String> answers();

  /** Takes over what has changed; called twice a second, never on an I/O loop. */
  void look();

  /** Registers or moves; kept when it returns. */
  void register(AtSign atSign, HostPort address) throws StoreFailed;

  /** Removes; false if there was none. */
  boolean remove(AtSign atSign) throws StoreFailed;

  /** How the place is. */
  Health health();
}
