package org.noports.atserver;

import org.noports.api.AtSign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class AtServerLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.atserver");

  private AtServerLog() {}

  static void connected(AtSign self, String role, String peer) {
    LOG.info("atserver-connected: {} has its connection for {} with the {}", self, role, peer);
  }

  static void disconnected(AtSign self, String role, String reason) {
    LOG.warn(
        "atserver-disconnected: {} has no connection for {}, trying again: {}", self, role, reason);
  }

  static void stillDisconnected(AtSign self, String role, String reason) {
    LOG.debug("atserver-retry-failed: {} for {}: {}", self, role, reason);
  }

  static void notificationDropped(AtSign self, AtSign from, String why) {
    LOG.warn("notification-dropped: one for {} from {}: {} (told once)", self, from, why);
  }

  static void listenerFailed(String name, RuntimeException failure) {
    LOG.error("listener-failed: who hears '{}' threw", name, failure);
  }

  static void sharedKeyRenewed(AtSign self, AtSign reader) {
    LOG.info("shared-key-renewed: {} cuts a new key shared with {}", self, reader);
  }

  static void authenticationKeyPublished(AtSign self, String record) {
    LOG.info("authentication-key-published: {} as {}", self, record);
  }

  static void authenticationKeyNotPublished(AtSign self, String reason) {
    LOG.info(
        "authentication-key-not-published: {}: {} (relays that need it refuse us)", self, reason);
  }
}
