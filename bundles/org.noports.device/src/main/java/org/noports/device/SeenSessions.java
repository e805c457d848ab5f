package org.noports.device;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.SessionId;

/**
 * The session ids that verified requests have used: an envelope names no time and no recipient, so
 * a copy of it is known by its session id only (docs/protocol/noports.md 9, point 7).
 */
final class SeenSessions {
  /** About 2 MiB; a copy that is older than this many sessions finds its relay ports long gone. */
  private static final int REMEMBERED = 16_384;

  private final Map<SessionId, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether this is the first time; it is remembered from now on. */
  synchronized boolean first(SessionId session) {
    return seen.putIfAbsent(session, true) == null;
  }
}
