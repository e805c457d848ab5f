package org.noports.audit;

import java.nio.file.Path;
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
}
