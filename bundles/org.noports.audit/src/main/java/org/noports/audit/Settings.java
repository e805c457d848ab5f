package org.noports.audit;

import java.nio.file.Path;

/**
 * What configuration says.
 *
 * @param file the event file, absolute
 * @param maxBytes after which a new one is begun
 */
record Settings(Path file, long maxBytes) {
  static final long LEAST_BYTES = 64 << 10;
  static final long MOST_BYTES = 1L << 40;

  static Settings of(EventFileAudit.Config config) {
    return new Settings(
        Path.of(config.file().trim()).toAbsolutePath().normalize(),
        Math.max(LEAST_BYTES, Math.min(MOST_BYTES, config.maxBytes())));
  }
}
