package org.noports.audit;

import java.nio.file.Path;
import org.noports.api.identity.Fingerprint;
import org.noports.audit.chain.ChainHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that this bundle logs. */
final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.audit");

  private AuditLog() {}

  static void opened(Path file) {
    LOG.info("audit-opened: events go to {}", file);
  }

  static void down(String sentence) {
    LOG.error("audit-down: {}", sentence);
  }

  static void healed(Path file) {
    LOG.info("audit-healed: events go to {} again", file);
  }

  static void lost(long count) {
    LOG.error("audit-lost: {} events were not kept", count);
  }

  static void interrupted() {
    LOG.warn("audit-interrupted: somebody interrupted the thread that writes events; it goes on");
  }

  static void closeFailed(Path file, Exception failure) {
    LOG.warn("audit-close-failed: {} was not closed in order: {}", file, failure.getMessage());
  }

  static void headUnreadable(Path file, Exception failure) {
    LOG.warn(
        "audit-head-unreadable: {} does not say how far the chain went: {}",
        file,
        failure.getMessage());
  }

  static void tornLine(Path file, int bytes) {
    LOG.warn(
        "audit-torn: the last line of {} was cut off after {} bytes, as by a crash; it stays, and"
            + " the chain goes on behind it",
        file,
        bytes);
  }

  static void cut(Path file, ChainHead found, ChainHead expected) {
    LOG.error(
        "audit-cut: {} ends with line {}, but line {} had been written: somebody removed lines, or"
            + " the disk lost them; noports:audit-verify tells more",
        file,
        found,
        expected);
  }

  static void unsigned(String why) {
    LOG.warn("audit-unsigned: lines are chained, but not signed: {}", why);
  }

  /** A second witness: whoever keeps this log elsewhere can tell what was later taken away. */
  static void checkpoint(ChainHead head, Fingerprint key) {
    LOG.info("audit-checkpoint: {} signed by {}", head, key);
  }

  static void removed(Path file, long through) {
    LOG.info(
        "audit-removed: {} was deleted as keepFiles and keepDays say; it went to line {}",
        file,
        through);
  }

  static void followerFailed(RuntimeException failure) {
    LOG.error("audit-follower-failed: somebody who follows events threw", failure);
  }
}
