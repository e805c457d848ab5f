package org.noports.relay.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
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
      bySinglePort(request, settings);
    }
    if (live.stream().anyMatch(session -> session.terms().id().equals(request.sessionId()))) {
      throw new SessionRefused(
          "Session " + request.sessionId() + " is live already; ask with a new session id");
    }
    if (live.size() >= settings.limits().sessions()) {
      throw new SessionRefused(
          "Relay " + relay + " carries as many sessions as it may; try again later");
    }
  }

  /** Checks what one client may have; to be asked behind {@link #check}. */
  static void withinLimits(
      AtSign from, RelayRequest request, RelaySettings settings, Collection<RelaySession> live)
      throws SessionRefused {
    sessionsWithinLimits(from, settings.limits(), settings.atSign(), live);
    if (!request.only443()) {
      portsWithinLimits(from, settings.limits(), settings.atSign(), live);
    }
  }

  /**
   * The oldest session of a client that nobody came to: it makes room for the next, so that whoever
   * tries again and again is not kept out by the attempts that were given up.
   */
  static Optional<RelaySession> deserted(AtSign from, Collection<RelaySession> live) {
    return live.stream()
        .filter(session -> session.terms().client().equals(from) && session.isDeserted())
        .min(Comparator.comparing(session -> session.carried().since()));
  }

  /** Whether it can be left to another relay of the same atSign: this one has no room. */
  static boolean hasRoom(RelaySettings settings, Collection<RelaySession> live) {
    return !settings.draining() && live.size() < settings.limits().sessions();
  }

  /** Nothing but its answer tells there whose a socket is. */
  private static void bySinglePort(RelayRequest request, RelaySettings settings)
      throws SessionRefused {
    if (settings.singlePort() == 0) {
      throw new SessionRefused("Client requested port 443 but this relay is not bound to port 443");
    }
    if (!request.authenticateClient() || !request.authenticateDevice()) {
      throw new SessionRefused(
          "Client requested port 443, where both sides must authenticate: ask for both");
    }
  }

  private static void sessionsWithinLimits(
      AtSign from, RelaySettings.Limits limits, AtSign relay, Collection<RelaySession> live)
      throws SessionRefused {
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
  }

  private static void portsWithinLimits(
      AtSign from, RelaySettings.Limits limits, AtSign relay, Collection<RelaySession> live)
      throws SessionRefused {
    long held =
        2
            * live.stream()
                .map(RelaySession::terms)
                .filter(terms -> terms.client().equals(from) && !terms.singlePort())
                .count();
    if (held + 2 > limits.portsPerClient()) {
      throw new SessionRefused(
          "Relay "
              + relay
              + " holds "
              + held
              + " ports for "
              + from
              + " already; end a session first");
    }
  }
}
