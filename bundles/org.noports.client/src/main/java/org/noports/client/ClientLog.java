package org.noports.client;

import java.time.Duration;
import org.noports.api.AtSign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that the client logs. */
final class ClientLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.client");

  private ClientLog() {}

  static void requested(Attempt attempt) {
    LOG.info(
        "session-requested: {} asks {} for {} through {} as session {}",
        attempt.request().from(),
        attempt.request().device(),
        attempt.request().target(),
        attempt.request().relays(),
        attempt.id());
  }

  static void opened(Joined joined) {
    LOG.info("session-opened: {} at {}, {}", joined.id(), joined.relay(), joined.level());
  }

  static void refused(Attempt attempt, String why) {
    LOG.info("session-refused: {}: {}", attempt.id(), why);
  }

  static void ended(Joined session, String why) {
    LOG.info("session-ended: {}: {}", session.id(), why);
  }

  static void reconnecting(ClientTunnel tunnel, Duration after) {
    LOG.info(
        "session-reconnecting: tunnel to {} is opened anew in {} ms",
        tunnel.request().device(),
        after.toMillis());
  }

  static void replaced(ClientTunnel tunnel) {
    LOG.info(
        "session-replaced: tunnel to {} goes on as session {}",
        tunnel.request().device(),
        tunnel.id());
  }

  static void notReplaced(ClientTunnel tunnel, Throwable why) {
    LOG.warn(
        "session-not-replaced: tunnel to {} could not be opened anew: {}",
        tunnel.request().device(),
        why.getMessage());
  }

  static void linkLost(ClientTunnel tunnel, String why) {
    LOG.info("session-link-lost: session {} asks for another link: {}", tunnel.id(), why);
  }

  static void resumed(Joined joined) {
    LOG.info("session-resumed: {} at {}, {}", joined.id(), joined.relay(), joined.level());
  }

  static void notResumed(ClientTunnel tunnel, Throwable why) {
    LOG.warn("session-not-resumed: session {}: {}", tunnel.id(), why.getMessage());
  }

  static void unreadable(String problem) {
    LOG.error("client-configuration-unreadable: {}", problem);
  }

  static void notChosen(Throwable why) {
    LOG.warn(
        "relay-not-chosen: the choice of a relay failed, the configured order holds: {}",
        why.getMessage());
  }

  static void named(String name, Object local) {
    LOG.info("named-tunnel-open: {} on {}", name, local);
  }

  static void notNamed(String name, String why) {
    LOG.warn("named-tunnel-not-open: {}: {}; trying again", name, why);
  }

  static void notPublished(AtSign atSign, Throwable why) {
    LOG.warn(
        "client-key-not-published: relays cannot verify {} by challenge: {}",
        atSign,
        why.getMessage());
  }

  static void listenerFailed(RuntimeException bug) {
    LOG.error("handshake-listener-failed", bug);
  }

  static void notClosed(Exception bug) {
    LOG.warn("not-closed: {}", bug.toString());
  }
}
