package org.noports.relay.server;

import java.util.Collection;
import org.noports.api.AtSign;
import org.noports.api.SessionRefused;
import org.noports.protocol.session.RelayRequest;

/** Whether a request is answered with ports; the texts are what the client is shown. */
final class Admission {
  private Admission() {}

  /**
   * Checks one request.
   *
   * @param from who sent it, as the atServers have authenticated it
   * @param live the sessions there are, those that are still being opened included
   */
  static void check(
      AtSign from, RelayRequest request, RelaySettings settings, Collection<RelaySession> live)
      throws SessionRefused {
    AtSign relay = settings.atSign();
    if (!from.equals(request.client())) {
      throw new SessionRefused(
          "The request came from " + from + " but names " + request.client() + " as the client");
    }
    if (settings.clients().isPresent() && !settings.clients().get().contains(from)) {
      throw new SessionRefused("Relay " + relay + " does not serve " + from + "; ask its operator");
    }
    if (settings.draining()) {
      throw new SessionRefused(
          "Relay "
              + relay
              + " is about to be stopped and takes no new sessions; ask another relay");
    }
    if (request.only443()) {
      throw new SessionRefused("Client requested port 443 but this relay is not bound to port 443");
    }
    if (live.stream().anyMatch(session -> session.terms().id().equals(request.sessionId()))) {
      throw new SessionRefused(
          "Session " + request.sessionId() + " is live already; ask with a new session id");
    }
    withinLimits(from, settings.limits(), relay, live);
  }

  /** Whether it can be left to another relay of the same atSign: this one has no room. */
  static boolean hasRoom(RelaySettings settings, Collection<RelaySession> live) {
    return !settings.draining() && live.size() < settings.limits().sessions();
  }

  private static void withinLimits(
      AtSign from, RelaySettings.Limits limits, AtSign relay, Collection<RelaySession> live)
      throws SessionRefused {
    if (live.size() >= limits.sessions()) {
      throw new SessionRefused(
          "Relay " + relay + " carries as many sessions as it may; try again later");
    }
    long own = live.stream().filter(session -> session.terms().client().equals(from)).count();
    if (own >= limits.sessionsPerClient()) {
      throw new SessionRefused(
          "Relay "
              + relay
              + " carries "
              + own
              + " sessions of "
              + from
              + " already; end one of them first");
    }
    if (2 * (own + 1) > limits.portsPerClient()) {
      throw new SessionRefused(
          "Relay "
              + relay
              + " holds "
              + 2 * own
              + " ports for "
              + from
              + " already; end a session first");
    }
  }
}
