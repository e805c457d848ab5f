package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.noports.api.AtSign;

/**
 * Logs what becomes of a session's connections, each reason for an outage once in full. On the
 * session's loop only.
 */
final class Outages {
  private final AtSign self;
  private final Map<String, Set<String>> reasons = new HashMap<>();

  Outages(AtSign self) {
    this.self = requireNonNull(self, "self is null");
  }

  /** The connection stands. */
  void up(String role, String peer) {
    AtServerLog.connected(self, role, peer);
    reasons.remove(role);
  }

  /** The connection is gone, or could not be made. */
  void down(String role, String why, boolean wasUp, Duration pause) {
    boolean told = !reasons.computeIfAbsent(role, any -> new HashSet<>()).add(why);
    if (wasUp) {
      AtServerLog.disconnected(self, role, why, pause);
    } else if (told) {
      AtServerLog.stillDisconnected(self, role, why);
    } else {
      AtServerLog.otherReason(self, role, why, pause);
    }
  }
}
