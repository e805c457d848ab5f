package org.noports.atserver.host;

import java.nio.file.Path;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.atserver.host.record.AtNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence this bundle logs, each behind its stable name. */
final class HostLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.atserver.host");

  void listening(AtSign atSign, HostPort address) {
    LOG.info("atsign-listening: the atServer of {} answers at {}", atSign, address);
  }

  void sharing(String domain, int port) {
    LOG.info("shared-port-open: atSigns are told apart by name below {} at port {}", domain, port);
  }

  void notSharing(String why) {
    LOG.error(
        "shared-port-not-open: the atSigns that share a port are not served: {}. Tried again every"
            + " few seconds",
        why);
  }

  void portMoved(AtSign atSign, int wanted, int got) {
    LOG.warn(
        "port-moved: port {} of {} is taken by somebody else; it listens at {} from now on",
        wanted,
        atSign,
        got);
  }

  void added(AtSign atSign) {
    LOG.info("atsign-added: {} is hosted here", atSign);
  }

  void removed(AtSign atSign) {
    LOG.info("atsign-removed: {} is served no longer; what it stored stays", atSign);
  }

  void deleted(AtSign atSign) {
    LOG.info("atsign-deleted: {} and all it stored are gone", atSign);
  }

  void back(AtSign atSign, Path file) {
    LOG.info("atsign-back: {} is served again, with all it had, as {} says", atSign, file);
  }

  void stillAway(AtSign atSign, Path file) {
    LOG.warn(
        "atsign-still-away: {} was removed by the operator, so it is not served although {} says"
            + " so; add it again, or delete it first to start anew",
        atSign,
        file);
  }

  void otherKey(AtSign atSign, Path file) {
    LOG.warn(
        "atsign-kept: {} is hosted here already with another authentication key than {} names;"
            + " nothing was changed. Remove the atSign first if the file is right",
        atSign,
        file);
  }

  void fileUnusable(String message) {
    LOG.error("atsign-file-unusable: {}", message);
  }

  void notStarted(String why) {
    LOG.error("not-started: the atServers do not listen: {}. Tried again in a few seconds", why);
  }

  void changeUnused(String why) {
    LOG.error("change-unused: the changed settings are not used, the old ones go on: {}", why);
  }

  void notOpened(AtSign atSign, String why) {
    LOG.error("atsign-not-opened: {} is not served: {}", atSign, why);
  }

  void registered(AtSign atSign, HostPort address) {
    LOG.debug("atsign-registered: the atDirectory says {} for {}", address, atSign);
  }

  void notRegistered(AtSign atSign, String why) {
    LOG.error("atsign-not-registered: the atDirectory did not take {}: {}", atSign, why);
  }

  void notForgotten(AtSign atSign, String why) {
    LOG.error("atsign-not-forgotten: the atDirectory goes on to name {}: {}", atSign, why);
  }

  void storeArrived() {
    LOG.info("store-arrived: commands are served");
  }

  void storeLeft() {
    LOG.warn("store-left: commands are refused with AT0010 until a store is back");
  }

  void authenticated(AtSign self, String proof, String from) {
    LOG.debug("authenticated: the owner of {} by {}, from {}", self, proof, from);
  }

  void authenticationFailed(AtSign self, AtSign claimed, String proof, String from) {
    LOG.warn(
        "authentication-failed: {} could not show to be {} at the atServer of {} by {}",
        from,
        claimed,
        self,
        proof);
  }

  void enrolled(AtSign self, String id, String state, String by, String from) {
    LOG.info("enrollment-{}: {} of {}, by {}, from {}", state, id, self, by, from);
  }

  void wrongPasscode(AtSign self, String from) {
    LOG.warn(
        "enrollment-refused: {} asked for keys of {} with a passcode that is none; answers to such"
            + " grow slower",
        from,
        self);
  }

  void unreached(AtNotification notification, int attempt, String why) {
    LOG.info(
        "notification-waits: {} was not delivered at attempt {}: {}", notification, attempt, why);
  }

  void givenUp(AtNotification notification, String why) {
    LOG.warn("notification-refused: {}: {}", notification, why);
  }

  void failed(AtSign self, String what, Throwable why) {
    LOG.error("failed: {} of {} failed: {}", what, self, String.valueOf(why), why);
  }
}
