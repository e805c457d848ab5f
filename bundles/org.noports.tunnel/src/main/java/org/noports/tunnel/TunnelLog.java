package org.noports.tunnel;

import org.noports.api.SessionId;
import org.noports.api.cipher.Departure;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.SessionEnd.Traffic;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.SuiteChange;
import org.noports.protocol.relay.ControlMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class TunnelLog {
  private static final Logger LOG = LoggerFactory.getLogger(RelayedTunnels.PID);

  private TunnelLog() {}

  static void started(Object loops) {
    LOG.info("tunnel-started: {}", loops);
  }

  static void unreadable(String problem, TunnelSettings kept) {
    LOG.error("tunnel-configuration-invalid: {}; {} stays in force", problem, kept);
  }

  static void opened(SessionPlan plan, String end) {
    LOG.info(
        "tunnel-opened: session {}, the {}'s end, {}", plan.id(), end, plan.protection().level());
  }

  static void ended(SessionId session, String reason, Traffic traffic) {
    LOG.info(
        "tunnel-ended: session {}: {}; {} connections, {} bytes sent, {} received",
        session,
        reason,
        traffic.total(),
        traffic.bytesSent(),
        traffic.bytesReceived());
  }

  static void linkLost(SessionId session, String why) {
    LOG.info("link-lost: session {}: {}; its connections wait for another link", session, why);
  }

  static void linkRestored(SessionId session) {
    LOG.info("link-restored: session {}: its connections go on", session);
  }

  static void keysChanged(SessionId session, SuiteChange change) {
    LOG.info(
        "keys-changed: session {}: link {}, epoch {}: {} by {}, because {}",
        session,
        change.link(),
        change.epoch(),
        change.suite(),
        change.providers(),
        change.cause());
  }

  static void departed(String session, Departure departure, Fate fate) {
    LOG.info("cipher-left: session {}: {}: {}", session, departure, fate);
  }

  static void heard(SessionId session, ControlMessage message) {
    LOG.debug("tunnel-control-message: session {}: {}", session, message);
  }

  static void refused(SessionId session, String reason) {
    LOG.warn("connection-refused: session {}: {}", session, reason);
  }

  static void notOpened(LocalAddress at, String reason) {
    LOG.warn("connection-not-opened: at {}: {}", at, reason);
  }

  static void notDatagrams(String reason) {
    LOG.warn("datagrams-ended: {}", reason);
  }

  static void left(LocalAddress at, String reason) {
    LOG.warn("entrance-file-left: {}: {}", at, reason);
  }
}
