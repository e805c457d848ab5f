package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.noports.api.SessionId;

/**
 * What client and device have agreed, as one end needs it. The end that is opened owns the
 * protection and wipes it when the session ends.
 *
 * @param id the session
 * @param leg our way to the relay
 * @param protection what seals; its kind decides what runs on the relay's connections
 * @param grace how long a session may stand without any connection before it ends; it is no idle
 *     limit for connections (noports.md 4.8)
 * @param heartbeat how often the client says on the control channel that it is there; empty if the
 *     device does not know heartbeats
 */
public record SessionPlan(
    SessionId id,
    RelayLeg leg,
    Protection protection,
    Duration grace,
    Optional<Duration> heartbeat) {
  public SessionPlan {
    requireNonNull(id, "id is null");
    requireNonNull(leg, "leg is null");
    requireNonNull(protection, "protection is null");
    requireNonNull(grace, "grace is null");
    requireNonNull(heartbeat, "heartbeat is null");
  }
}
