package org.noports.directory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that this bundle logs. */
final class DirectoryLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.directory");

  private DirectoryLog() {}

  static void unavailable(String why) {
    LOG.warn("directory-unavailable: {}", why);
  }

  static void refused(String why) {
    LOG.error("directory-setting-refused: {}", why);
  }

  static void available(String address) {
    LOG.info("directory-available: the atDirectory {} answers again", address);
  }
}
