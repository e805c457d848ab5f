package org.noports.store.mvstore;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.noports.api.store.AtStore;
import org.noports.store.mvstore.disk.SystemDisk;
import org.noports.testkit.store.CrashWriter;

/** Opens the engine for the contracts. */
final class EmbeddedStores {
  private EmbeddedStores() {}

  static EmbeddedAtStore open(Path folder, Clock clock) {
    return open(settings(folder.resolve("deep/store.mv.db")), clock);
  }

  static EmbeddedAtStore open(Settings settings, Clock clock) {
    return new EmbeddedAtStore(settings, clock, new SystemDisk(), Optional.empty());
  }

  static Settings settings(Path file) {
    return new Settings(file, 16, Duration.ofDays(90), 10_000, 1 << 20, Duration.ofSeconds(1));
  }

  static void close(AtStore store) {
    ((EmbeddedAtStore) store).close();
  }

  /** The process that the crash contract kills. */
  public static void main(String[] args) {
    CrashWriter.run(open(Path.of(args[0]), Clock.systemUTC()), System.out);
  }
}
