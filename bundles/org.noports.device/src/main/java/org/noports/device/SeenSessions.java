package org.noports.device;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.SessionId;

/**
 * The session ids that verified requests have used: an envelope names no time and no recipient, so
 * a copy of it is known by its session id only (docs/protocol/noports.md 9, point 7). None is
 * forgotten while a nonce may live that its request brought (docs/protocol/np2.md 3): sooner a
 * request is refused. Older ones stay while there is room.
 */
final class SeenSessions {
  /** A nonce lives as long on either side of now: the clock may be set back meanwhile. */
  static final Duration KEPT = DeviceNonces.LIFE.multipliedBy(2);

  /** So many of one client: 34 requests a second go on for ever. One client leaves others room. */
  static final int MOST_OF_ONE = 4_096;

  /** So many of all: about 10 MiB. */
  static final int MOST = 65_536;

  private final InstantSource clock;
  private final int mostOfOne;
  private final int most;
  private final Map<SessionId, Seen> all = new LinkedHashMap<>();
  private final Map<AtSign, Set<SessionId>> byClient = new HashMap<>();

  /** What {@link #use} says of an id. */
  enum Use {
    FIRST,
    AGAIN,
    /** Too many too young ones are there: whether it is the first cannot be kept. */
    NO_ROOM
  }

  private record Seen(AtSign client, Instant at) {}

  SeenSessions(InstantSource clock) {
    this(clock, MOST_OF_ONE, MOST);
  }

  /** For tests. */
  SeenSessions(InstantSource clock, int mostOfOne, int most) {
    this.clock = clock;
    this.mostOfOne = mostOfOne;
    this.most = most;
  }

  /** Whether this is the id's first time; if so, it is remembered from now on. */
  synchronized Use use(AtSign client, SessionId session) {
    if (all.containsKey(session)) {
      return Use.AGAIN;
    }
    Set<SessionId> own = byClient.getOrDefault(client, Set.of());
    if (!hasRoom(own, mostOfOne) || !hasRoom(all.keySet(), most)) {
      return Use.NO_ROOM;
    }
    all.put(session, new Seen(client, clock.instant()));
    byClient.computeIfAbsent(client, first -> new LinkedHashSet<>()).add(session);
    return Use.FIRST;
  }

  /** Makes room if it takes the oldest only. */
  private boolean hasRoom(Set<SessionId> oldestFirst, int limit) {
    return oldestFirst.size() < limit || forget(oldestFirst.iterator().next());
  }

  private boolean forget(SessionId oldest) {
    Seen seen = all.get(oldest);
    if (clock.instant().isBefore(seen.at().plus(KEPT))) {
      return false;
    }
    all.remove(oldest);
    Set<SessionId> own = byClient.get(seen.client());
    own.remove(oldest);
    if (own.isEmpty()) {
      byClient.remove(seen.client());
    }
    return true;
  }
}
