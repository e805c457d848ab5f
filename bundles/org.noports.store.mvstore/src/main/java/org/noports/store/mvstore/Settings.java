package org.noports.store.mvstore;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What configuration says.
 *
 * @param file the store's file, absolute
 * @param cacheMegabytes of pages kept in memory
 * @param tombstones how long a deletion is remembered
 * @param rememberedRequests how many requests are remembered at most
 * @param journalBytes how much the journal may have before a checkpoint
 * @param checkpoints how long something may be in the journal only
 */
record Settings(
    Path file,
    int cacheMegabytes,
    Duration tombstones,
    int rememberedRequests,
    long journalBytes,
    Duration checkpoints) {
  /** The journal's rows are in memory twice, and take twice their length there. */
  private static final int MEMORY_PARTS = 32;

  private static final int LEAST_MEGABYTES = 4;
  private static final int MOST_MEGABYTES = 64;

  static Settings of(EmbeddedAtStore.Config config) {
    return new Settings(
        Path.of(config.file()).toAbsolutePath().normalize(),
        within(config.cacheMegabytes(), 1, 4096),
        Duration.ofDays(within(config.tombstoneDays(), 1, 3650)),
        within(config.rememberedRequests(), 1000, 1_000_000),
        (long) journalMegabytes(config.journalMegabytes()) << 20,
        Duration.ofSeconds(within(config.checkpointSeconds(), 1, 3600)));
  }

  private static int journalMegabytes(int said) {
    long part = Runtime.getRuntime().maxMemory() / MEMORY_PARTS >> 20;
    return said == 0
        ? (int) Math.max(LEAST_MEGABYTES, Math.min(MOST_MEGABYTES, part))
        : within(said, 1, 1024);
  }

  private static int within(int value, int least, int most) {
    return Math.max(least, Math.min(most, value));
  }
}
