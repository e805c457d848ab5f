package org.noports.store.mvstore;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.noports.api.store.AtStore;
import org.noports.testkit.store.AtStorePowerCutContract;
import org.noports.testkit.store.ForgetfulDisk;

/** The engine keeps the contract. */
public class EmbeddedPowerCutTest extends AtStorePowerCutContract {
  private static final long JOURNAL_BYTES = 12_000;

  @Override
  protected AtStore open(ForgetfulDisk disk, Clock clock, boolean inOrder) {
    Settings settings =
        new Settings(
            Path.of("/store/store.mv.db"),
            1,
            Duration.ofDays(90),
            1000,
            JOURNAL_BYTES,
            Duration.ofHours(1));
    return new EmbeddedAtStore(
        settings,
        clock,
        new TestDisk(disk),
        inOrder ? Optional.of(Runnable::run) : Optional.empty());
  }

  @Override
  protected void close(AtStore store) {
    EmbeddedStores.close(store);
  }
}
