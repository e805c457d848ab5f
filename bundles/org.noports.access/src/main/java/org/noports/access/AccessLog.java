package org.noports.access;

import org.noports.api.access.AccessWish;
import org.noports.api.access.TimedAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence about access for a time; reasons that clients write never appear in one. */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger(AccessSettings.PID);

  private AccessLog() {}

  static void configured(AccessSettings settings) {
    LOG.info("access-askers: {} may ask for access here", settings.words());
  }

  static void unreadable(String problem) {
    LOG.error("access-configuration-unreadable: {}", problem);
  }

  static void unusable(String problem) {
    LOG.error("access-file-unusable: {}; nothing is granted until it can be read", problem);
  }

  static void notKept(String problem) {
    LOG.error("access-not-kept: {}", problem);
  }

  static void keptAgain() {
    LOG.info("access-kept: the file can be written again, and has all of it");
  }

  static void listenerFailed(Throwable thrown) {
    LOG.error(
        "access-change-not-heard: somebody who was told that access has changed threw; all others"
            + " were told",
        thrown);
  }

  static void asked(AccessWish wish) {
    LOG.info(
        "access-asked: {} asks for {} at {} for {} s, as {}",
        wish.client(),
        wish.target(),
        wish.device(),
        wish.length().toSeconds(),
        wish.id());
  }

  static void granted(TimedAccess access, TimedAccess.Span span) {
    LOG.info(
        "access-granted: {} may go to {} at {} until {}, as {}",
        access.wish().client(),
        access.wish().target(),
        access.wish().device(),
        span.until(),
        access.wish().id());
  }

  static void gone(String event, TimedAccess access) {
    LOG.info("{}: {} of {}", event, access.wish().id(), access.wish().client());
  }

  static void untold(AccessWish wish, Throwable why) {
    LOG.warn("access-untold: {} could not be told: {}", wish.client(), why.getMessage());
  }
}
