package org.noports.relay.server;

import java.net.SocketAddress;
import java.util.Locale;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySessions.Carried;
import org.noports.api.relay.RelaySide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class RelayLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.relay.server");

  private RelayLog() {}

  static void configured(RelaySettings settings) {
    LOG.info(
        "relay-configured: {} hands out ports of {} and has clients dial {}",
        settings.atSign(),
        settings.bindAddress().getHostAddress(),
        settings.address());
  }

  static void off() {
    LOG.info("relay-off: no atSign is set, so nothing is opened");
  }

  static void unreadable(String problem, boolean kept) {
    LOG.error(
        "relay-configuration-invalid: {}; {}",
        problem,
        kept ? "the settings before it stay in force" : "the relay waits until it is mended");
  }

  static void listening(AtSign relay) {
    LOG.info("relay-listening: {} hears requests at its atServer", relay);
  }

  static void notListening(AtSign relay, String reason, long retrySeconds) {
    LOG.warn(
        "relay-not-listening: {} cannot hear requests: {}; next attempt in {} s",
        relay,
        reason,
        retrySeconds);
  }

  static void opened(Carried session) {
    LOG.info(
        "relay-session-opened: {} for {} (port {}) and {} (port {})",
        session.id(),
        session.client(),
        session.clientPort(),
        session.device(),
        session.devicePort());
  }

  static void refused(AtSign from, String session, String reason) {
    LOG.info("relay-session-refused: {} asked for by {}: {}", session, from, reason);
  }

  static void left(AtSign from, SessionId session) {
    LOG.debug("relay-session-left: {} of {} is left to another relay of ours", session, from);
  }

  static void drained(AtSign relay) {
    LOG.info("relay-drained: {} carries nothing any more and can be stopped", relay);
  }

  static void notAnswered(AtSign client, Object session, String reason) {
    LOG.warn("relay-answer-lost: {} could not be told about {}: {}", client, session, reason);
  }

  static void unheard(AtSign from, String name, String reason) {
    LOG.info("relay-message-ignored: {} from {}: {}", name, from, reason);
  }

  static void paired(RelaySession session) {
    LOG.debug("relay-paired: {}", session.terms().id());
  }

  /** The first is worth a line; a port that is scanned must not fill the log. */
  static void socketRefused(
      RelaySession session, RelaySide side, SocketAddress peer, String reason, boolean first) {
    String sentence = "relay-socket-refused: {} on the {}'s port of {}: {}";
    Object[] values = {peer, side.name().toLowerCase(Locale.ROOT), session.terms().id(), reason};
    if (first) {
      LOG.info(sentence, values);
    } else {
      LOG.debug(sentence, values);
    }
  }

  static void notTold(RelaySession session, String why) {
    LOG.warn(
        "relay-sighting-not-signed: the device of {} cannot be told where its client is, and its"
            + " socket is closed: {}",
        session.terms().id(),
        why);
  }

  static void singlePortClosed(String problem) {
    LOG.error("relay-single-port-closed: {}", problem);
  }

  static void webSocketUnusable(String problem) {
    LOG.error("relay-web-socket-unusable: {}", problem);
  }

  static void singlePortRefused(SocketAddress peer, String reason) {
    LOG.debug("relay-socket-refused: {} on the single port: {}", peer, reason);
  }

  static void ended(RelaySession session, String reason, int refusedSockets) {
    Carried carried = session.carried();
    LOG.info(
        "relay-session-ended: {} of {} and {}: {}; {} bytes carried, {} sockets refused",
        carried.id(),
        carried.client(),
        carried.device(),
        reason,
        carried.bytes(),
        refusedSockets);
  }
}
