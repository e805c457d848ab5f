package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;
import org.noports.testkit.Eventually;
import org.noports.testkit.store.ForgetfulDisk;

/** A disk that is full, or that does not confirm what was written. */
public class EmbeddedDiskTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final Path FILE = Path.of("/store/store.mv.db");
  private static final long FULL_BYTES = 3 << 20;

  private ForgetfulDisk disk = new ForgetfulDisk(1);
  private Optional<EmbeddedAtStore> store = Optional.empty();
  private AtSignStore alice;

  @After
  public void close() {
    store.ifPresent(EmbeddedAtStore::close);
  }

  private EmbeddedAtStore open(long journalBytes) {
    close();
    Settings settings =
        new Settings(FILE, 1, Duration.ofDays(90), 1000, journalBytes, Duration.ofHours(1));
    EmbeddedAtStore opened =
        new EmbeddedAtStore(
            settings, Clock.systemUTC(), new TestDisk(disk), Optional.of(Runnable::run));
    store = Optional.of(opened);
    alice = value(opened.create(ALICE));
    return opened;
  }

  private BatchResult put(String key, int length) throws StoreFailed {
    StoreChange change =
        new StoreChange.Put(
            key,
            (key + "x".repeat(length)).getBytes(UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    try {
      return alice.apply("put " + key, List.of(change)).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw (StoreFailed) e.getCause();
    }
  }

  private void assertThere(List<String> keys) {
    for (String key : keys) {
      Optional<StoreEntry> entry = value(alice.get(key));
      assertThat(key, entry.isPresent(), is(true));
      assertThat(new String(entry.get().value(), UTF_8), containsString(key + "x"));
    }
  }

  @Test
  public void aFullDiskRefusesWritesLosesNothingAndIsWrittenAgainWhenThereIsRoom()
      throws Exception {
    for (long journalBytes : new long[] {64 << 10, 64 << 20}) {
      disk = new ForgetfulDisk(journalBytes);
      disk.capacity(FULL_BYTES);
      EmbeddedAtStore opened = open(journalBytes);
      List<String> kept = new ArrayList<>();
      StoreFailed full = fill(kept);

      assertThat(full.getMessage(), containsString("The disk of the store " + FILE + " is full"));
      assertThat(kept.size(), is(greaterThan(20)));
      assertThat(opened.check().status(), is(Health.Status.DOWN));
      assertThere(kept);
      failure(StoreFailed.class, opened.create(AtSign.of("@bob")));

      disk.capacity(Long.MAX_VALUE);
      Eventually.holds(() -> opened.check().status() == Health.Status.OK);
      value(opened.create(AtSign.of("@bob")));
      assertThere(kept);
      disk = disk.afterPowerCut();
      open(journalBytes);
      assertThere(kept);
    }
  }

  private StoreFailed fill(List<String> kept) {
    while (true) {
      String key = "key" + kept.size();
      try {
        put(key, 20_000);
        kept.add(key);
      } catch (StoreFailed e) {
        return e;
      }
    }
  }

  @Test
  public void aFlushThatFailsLeavesTheOutcomeOpenAndARepeatSettlesIt() throws Exception {
    // The journal's, and those of the file when it takes over.
    for (int granted = 0; granted < 12; granted++) {
      disk = new ForgetfulDisk(granted);
      EmbeddedAtStore opened = open(10_000);
      disk.refuseForceAfter(granted);
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        keys.add("key" + i);
        assertThat(repeated(opened, "key" + i), is(instanceOf(BatchResult.Applied.class)));
      }
      assertThere(keys);
      assertThat(value(alice.lastCommit()), is(10L));
      disk = disk.afterPowerCut();
      open(10_000);
      assertThere(keys);
      assertThat(value(alice.lastCommit()), is(10L));
    }
  }

  @Test
  public void whoWantsToKnowEarlyIsToldBeforeTheDiskConfirms() throws Exception {
    EmbeddedAtStore opened = open(10_000);
    List<BatchResult> told = new CopyOnWriteArrayList<>();
    StoreChange change =
        new StoreChange.Put(
            "key",
            new byte[0],
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    disk.refuseForceAfter(0);

    failure(StoreFailed.class, alice.apply("early", List.of(change), told::add));

    Eventually.holds(() -> told.equals(List.of(new BatchResult.Applied(List.of(1L)))));
    Eventually.holds(() -> opened.check().status() == Health.Status.OK);
    assertThat(value(alice.get("key")).isPresent(), is(false));
  }

  @Test
  public void aStoreWhoseDiskFailsIsNotSoundUntilItWritesAgain() throws Exception {
    EmbeddedAtStore opened = open(10_000);
    assertThat(alice.isSound(), is(true));
    disk.capacity(disk.used());

    StoreChange.Put large =
        new StoreChange.Put(
            "key",
            new byte[1 << 18],
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            false,
            StoreChange.Precondition.FRESH);
    failure(StoreFailed.class, alice.gathered(1 << 18, () -> List.of(large)));

    assertThat(alice.isSound(), is(false));
    disk.capacity(Long.MAX_VALUE);
    Eventually.holds(alice::isSound);
    assertThat(opened.check().status(), is(Health.Status.OK));
  }

  private BatchResult repeated(EmbeddedAtStore opened, String key) throws Exception {
    try {
      return put(key, 3000);
    } catch (StoreFailed e) {
      Eventually.holds(() -> opened.check().status() != Health.Status.DOWN);
      return put(key, 3000);
    }
  }
}
