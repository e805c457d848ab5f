package org.noports.store.mvstore;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that this bundle logs. */
final class StoreLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.store.mvstore");

  private StoreLog() {}

  static void opened(Path file) {
    LOG.info("store-opened: the store {} is open", file);
  }

  static void closed(Path file) {
    LOG.info("store-closed: the store {} is closed", file);
  }

  static void closeFailed(Path file, Exception failure) {
    LOG.warn(
        "store-close-failed: the store {} was not closed in order: {}; nothing acknowledged is lost",
        file,
        failure.getMessage());
  }

  static void down(String sentence) {
    LOG.error("store-down: {}", sentence);
  }

  static void checkpointFailed(String sentence) {
    LOG.warn("store-checkpoint-failed: {}", sentence);
  }

  static void healed(Path file) {
    LOG.info("store-healed: the store {} works again", file);
  }

  static void listenerFailed(String who, RuntimeException failure) {
    LOG.warn("store-listener-failed: a listener for {} failed: {}", who, failure.toString());
  }
}
