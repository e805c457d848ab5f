package org.noports.directory.server;

import java.nio.file.Path;

/**
 * What configuration says.
 *
 * @param bindAddress where to listen
 * @param port where to listen; 0 for a free one
 * @param certificate PEM chain, absolute
 * @param key PEM private key, absolute
 * @param inStore whether the records are in the store, not in a file
 * @param records the records file, absolute
 * @param maxConnections at once
 * @param idleSeconds until a silent connection is closed
 * @param penaltyMillis how long the answer to a repeated miss waits
 * @param callers what one client address may do
 */
record Settings(
    String bindAddress,
    int port,
    Path certificate,
    Path key,
    boolean inStore,
    Path records,
    int maxConnections,
    int idleSeconds,
    int penaltyMillis,
    CallerLimits callers) {
  private static final String IN_STORE = "store";

  static Settings of(DirectoryServerConfig config) {
    return new Settings(
        config.bindAddress().trim(),
        within(config.port(), 0, 65535),
        absolute(config.certificate()),
        absolute(config.key()),
        config.recordsIn().trim().equalsIgnoreCase(IN_STORE),
        absolute(config.records()),
        within(config.maxConnections(), 1, 100_000),
        within(config.idleSeconds(), 10, 86_400),
        within(config.penaltyMillis(), 0, 60_000),
        new CallerLimits(
            within(config.connectionsPerAddress(), 1, 100_000),
            within(config.missesAtOnce(), 1, 1_000_000),
            within(config.missesPerMinute(), 1, 1_000_000),
            within(config.guardedGreetingsPerSecond(), 1, 100_000),
            within(config.rememberedAddresses(), 16, 10_000_000)));
  }

  private static Path absolute(String path) {
    return Path.of(path.trim()).toAbsolutePath().normalize();
  }

  private static int within(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }

  boolean bindsAs(Settings other) {
    return bindAddress.equals(other.bindAddress) && port == other.port;
  }

  /** Whether a listener for {@code other} would do for this, too. */
  boolean listensAs(Settings other) {
    return bindsAs(other) && certificate.equals(other.certificate) && key.equals(other.key);
  }
}
