package org.noports.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What configuration says.
 *
 * @param address of the atDirectory, as written
 * @param trust PEM files and folders, absolute
 * @param cache how long an answer is good
 * @param timeout for a whole look-up
 */
record Settings(String address, List<Path> trust, Duration cache, Duration timeout) {
  Settings {
    trust = List.copyOf(trust);
  }

  static Settings of(CachingAtDirectory.Config config) {
    return new Settings(
        config.address(),
        Arrays.stream(config.trust().split(","))
            .map(String::trim)
            .filter(it -> !it.isEmpty())
            .map(it -> Path.of(it).toAbsolutePath().normalize())
            .toList(),
        Duration.ofSeconds(within(config.cacheSeconds(), 0, 604_800)),
        Duration.ofSeconds(within(config.timeoutSeconds(), 1, 60)));
  }

  private static int within(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }
}
