package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;

/** How the session of one atSign is. */
final class SessionHealth implements HealthCheck {
  private final ReconnectingAtServerSession session;

  SessionHealth(ReconnectingAtServerSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  @Override
  public String component() {
    return SharedAtServers.NAME + "/" + session.self();
  }

  @Override
  public Health check() {
    LinkState monitor = session.monitorState();
    return session
        .deaf()
        .map(why -> Health.degraded("Does not hear: " + why))
        .or(() -> ClockOff.sentence(session.self(), session.clockAhead()).map(Health::degraded))
        .or(
            () ->
                session
                    .forgetful()
                    .map(
                        why ->
                            Health.degraded(
                                "Hears, but cannot write down what it has heard, and may process"
                                    + " it again after a restart: "
                                    + why)))
        .orElseGet(
            () ->
                Health.ok(
                    "Hears, " + monitor.what() + " since " + LinkState.seconds(monitor.since())));
  }
}
