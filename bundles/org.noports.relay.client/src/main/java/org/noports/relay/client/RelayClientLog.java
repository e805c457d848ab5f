package org.noports.relay.client;

import java.time.Duration;
import org.noports.api.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class RelayClientLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.relay.client");

  private RelayClientLog() {}

  static void configured(Duration timeout) {
    LOG.info("relay-dialling-configured: relays have {} ms to let us in", timeout.toMillis());
  }

  static void unreadable(String problem, Duration kept) {
    LOG.error("relay-dialling-invalid: {}; {} ms stay in force", problem, kept.toMillis());
  }

  static void webSocketUnreadable(String problem, boolean settingsBefore) {
    LOG.error(
        "relay-dialling-invalid: {}; {}",
        problem,
        settingsBefore ? "the settings before it stay in force" : "wss is not to be had");
  }

  static void admitted(HostPort relay) {
    LOG.debug("relay-admitted: {} let us in", relay);
  }
}
