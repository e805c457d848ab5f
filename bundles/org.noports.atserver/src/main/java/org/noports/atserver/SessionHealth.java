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
    LinkState commands = session.commandState();
    LinkState monitor = session.monitorState();
    if (commands.up() && monitor.up()) {
      return Health.ok(commands.what() + " since " + commands.since());
    }
    LinkState lost = commands.up() ? monitor : commands;
    return Health.degraded("Reconnecting since " + lost.since() + ": " + lost.what());
  }
}
