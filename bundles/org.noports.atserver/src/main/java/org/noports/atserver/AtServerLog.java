package org.noports.atserver;

import java.time.Duration;
import java.util.Optional;
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

  static void disconnected(AtSign self, String role, String reason, Duration next) {
    LOG.warn(
        "atserver-disconnected: {} has no connection for {}: {}; next attempt in {} ms",
        self,
        role,
        reason,
        next.toMillis());
  }

  static void hears(AtSign self, Duration deafFor) {
    LOG.info("atserver-hears-again: {} hears notifications after {} s", self, deafFor.toSeconds());
  }

  static void hearingUntested(AtSign self, String why) {
    LOG.warn(
        "hearing-untested: {} cannot find out whether notifications reach it, since its atServer"
            + " refuses one to itself: {}",
        self,
        why);
  }

  static void woken(String what) {
    LOG.info("connections-tested: {}", what);
  }

  static void clockOff(AtSign self, String sentence) {
    LOG.warn("clock-off: {}: {}", self, sentence);
  }

  static void clockRight(AtSign self) {
    LOG.info("clock-right: this machine and the atServer of {} have the same time again", self);
  }

  static void heardUnreadable(AtSign self, String why) {
    LOG.warn(
        "heard-unreadable: what {} heard before this start is not known, so it may be processed"
            + " again: {}",
        self,
        why);
  }

  static void heardNotWritten(AtSign self, String why) {
    LOG.warn(
        "heard-not-written: after a restart {} may process again what it hears now: {}; make room"
            + " or mend 'state' in org.noports.atserver.cfg (told once)",
        self,
        why);
  }

  static void stillDisconnected(AtSign self, String role, String reason) {
    LOG.debug("atserver-retry-failed: {} for {}: {}", self, role, reason);
  }

  static void otherReason(AtSign self, String role, String reason, Duration next) {
    LOG.warn(
        "atserver-retry-failed: {} still has no connection for {}, now because: {}; next attempt"
            + " in {} ms",
        self,
        role,
        reason,
        next.toMillis());
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

  static void enrollmentEnded(AtSign self, String reason) {
    LOG.warn("enrollment-ended: {} may do no more, what runs in its name ends: {}", self, reason);
  }

  static void onboarded(AtSign self, Optional<String> enrollmentId) {
    LOG.info("onboarded: {} with enrollment {}", self, enrollmentId.orElse("none"));
  }

  static void onboardingWithoutEnrollment(AtSign self, String why) {
    LOG.info("onboarding-without-enrollment: {}: {}", self, why);
  }
}
