package org.noports.audit;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What configuration says.
 *
 * @param file the event file, absolute
 * @param maxBytes after which a new one is begun
 * @param maxAge after which a new one is begun; zero for never
 * @param keepFiles how many old ones stay; 0 for all
 * @param keepAge how long old ones stay; zero for ever
 * @param checkpoint how long lines wait to be signed
 * @param keyFolder where the signing key is, and the last checkpoint's number
 */
record Settings(
    Path file,
    long maxBytes,
    Duration maxAge,
    int keepFiles,
    Duration keepAge,
    Duration checkpoint,
    Path keyFolder) {
  static final long LEAST_BYTES = 64 << 10;
  static final long MOST_BYTES = 1L << 40;

  static Settings of(EventFileAudit.Config config) {
    return new Settings(
        path(config.file()),
        Math.max(LEAST_BYTES, Math.min(MOST_BYTES, config.maxBytes())),
        Duration.ofHours(Math.max(0, config.maxHours())),
        Math.max(0, config.keepFiles()),
        Duration.ofDays(Math.max(0, config.keepDays())),
        Duration.ofSeconds(Math.max(1, config.checkpointSeconds())),
        path(config.keyFolder()));
  }

  private static Path path(String text) {
    return Path.of(text.trim()).toAbsolutePath().normalize();
  }

  Path keyFile() {
    return keyFolder.resolve("key.pem");
  }

  Path headFile() {
    return keyFolder.resolve("head.json");
  }
}
