package org.noports.store.mvstore;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.noports.api.store.AtStore;
import org.noports.testkit.store.CrashWriter;

/** Opens the engine for the contracts. */
final class EmbeddedStores {
  private EmbeddedStores() {}

  static EmbeddedAtStore open(Path folder, Clock clock) {
    return new EmbeddedAtStore(settings(folder.resolve("deep/store.mv.db")), clock);
  }

  static Settings settings(Path file) {
    return new Settings(file, 16, Duration.ofDays(90), 10_000);
  }

  static void close(AtStore store) {
    ((EmbeddedAtStore) store).close();
  }

  /** The process that the crash contract kills. */
  public static void main(String[] args) {
    CrashWriter.run(open(Path.of(args[0]), Clock.systemUTC()), System.out);
  }
}
