package org.noports.store.mvstore;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.noports.store.mvstore.OneStore.ALICE;
import static org.noports.store.mvstore.OneStore.has;
import static org.noports.store.mvstore.OneStore.put;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.store.AtSignStore;
import org.noports.testkit.Eventually;

/** What can go wrong with one file, and what becomes of it. */
public class EmbeddedFailureTest {
  @Rule public final OneStore one = new OneStore();

  @Test
  public void theFileAndItsFolderAreForTheirOwnerOnly() throws Exception {
    put(one.open(one.path("deep/store.mv.db")), "k");
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(one.path("deep/store.mv.db"))),
        is("rw-------"));
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(one.path("deep"))),
        is("rwx------"));
  }

  @Test
  public void aPlaceThatCannotBeWrittenIsReportedAndUsedOnceItCan() throws Exception {
    Path blocked = one.folder.newFile("blocked").toPath();
    EmbeddedAtStore opened = one.open(blocked.resolve("store.mv.db"));

    StoreFailed failure = failure(StoreFailed.class, opened.create(ALICE));

    assertThat(failure.getMessage(), containsString(blocked + "/store.mv.db"));
    assertThat(opened.check().status(), is(Health.Status.DOWN));
    failure(StoreFailed.class, opened.open(ALICE));

    Files.delete(blocked);
    Eventually.holds(() -> opened.check().status() == Health.Status.OK);
    put(opened, "k");
    assertThat(has(opened, "k"), is(true));
  }

  @Test
  public void aFileInUseIsRefusedByName() {
    Path file = one.path("store.mv.db");
    EmbeddedAtStore first = EmbeddedStores.open(EmbeddedStores.settings(file), Clock.systemUTC());
    put(first, "k");

    StoreFailed failure = failure(StoreFailed.class, one.open(file).open(ALICE));

    assertThat(failure.getMessage(), containsString("is in use by another process"));
    assertThat(has(first, "k"), is(true));
    first.close();
  }

  @Test
  public void whatIsNoStoreIsRefusedByNameAndLeftAsItIs() throws Exception {
    Path letter = one.folder.newFile("letter.txt").toPath();
    Files.writeString(letter, "Dear Alice, ".repeat(2000));

    StoreFailed failure = failure(StoreFailed.class, one.open(letter).open(ALICE));

    assertThat(failure.getMessage(), containsString(letter + " is damaged or no store"));
    one.close();
    assertThat(Files.readString(letter), is("Dear Alice, ".repeat(2000)));
  }

  @Test
  public void aStoreInWhichNothingCanBeReadIsNotTakenForANewOne() throws Exception {
    Path file = one.path("store.mv.db");
    EmbeddedAtStore opened = one.open(file);
    for (int i = 0; i < 50; i++) {
      put(opened, "k" + i);
    }
    one.close();
    byte[] damaged = Files.readAllBytes(file);
    Arrays.fill(damaged, 8192, damaged.length, (byte) 7);
    Files.write(file, damaged);

    StoreFailed failure = failure(StoreFailed.class, one.open(file).open(ALICE));

    assertThat(failure.getMessage(), containsString(file + " is damaged"));
    one.close();
    assertThat(
        Arrays.equals(Files.readAllBytes(file), 8192, 16384, damaged, 8192, 16384), is(true));
  }

  @Test
  public void anotherProgramsStoreIsRefusedByName() {
    Path file = one.path("other.mv.db");
    try (MVStore raw = MVStore.open(file.toString())) {
      raw.openMap("theirs").put("a", "b");
    }
    StoreFailed failure = failure(StoreFailed.class, one.open(file).open(ALICE));
    assertThat(failure.getMessage(), containsString("is not a NoPorts store"));
  }

  @Test
  public void whatAPowerCutLeftBehindTheLastRecordIsIgnored() throws Exception {
    Path file = one.path("store.mv.db");
    EmbeddedAtStore opened = one.open(file);
    for (int i = 0; i < 50; i++) {
      put(opened, "k" + i);
    }
    Path cut = one.folder.newFolder("cut").toPath();
    byte[] rubbish = new byte[10_000];
    new Random(1).nextBytes(rubbish);
    try (Stream<Path> files =
        Files.list(one.folder.getRoot().toPath()).filter(Files::isRegularFile)) {
      for (Path each : files.toList()) {
        Path copy = cut.resolve(each.getFileName());
        Files.copy(each, copy);
        Files.write(copy, rubbish, StandardOpenOption.APPEND);
      }
    }

    EmbeddedAtStore again = one.open(cut.resolve("store.mv.db"));

    for (int i = 0; i < 50; i++) {
      assertThat(has(again, "k" + i), is(true));
    }
    put(again, "more");
    assertThat(has(one.open(cut.resolve("store.mv.db")), "more"), is(true));
  }

  @Test
  public void aChangedFileIsFollowedWithoutARestart() throws Exception {
    EmbeddedAtStore opened = one.open(one.path("one.mv.db"));
    put(opened, "first");
    opened.settings(EmbeddedStores.settings(one.path("two.mv.db")));
    Eventually.holds(
        () -> Files.exists(one.path("two.mv.db")) && value(opened.open(ALICE)).isEmpty());
    put(opened, "second");
    opened.settings(EmbeddedStores.settings(one.path("one.mv.db")));
    Eventually.holds(() -> value(opened.open(ALICE)).isPresent() && has(opened, "first"));
    assertThat(has(opened, "second"), is(false));
  }

  @Test
  public void aPathThatCannotBeOpenedDoesNotTakeTheOpenStoreAway() throws Exception {
    EmbeddedAtStore opened = one.open(one.path("one.mv.db"));
    put(opened, "first");
    Path blocked = one.folder.newFile("blocked").toPath();
    opened.settings(EmbeddedStores.settings(blocked.resolve("two.mv.db")));
    Eventually.holds(() -> opened.check().status() == Health.Status.DEGRADED);
    assertThat(opened.check().message(), containsString("one.mv.db stays in use"));
    put(opened, "second");
    assertThat(has(opened, "first") && has(opened, "second"), is(true));
  }

  @Test
  public void callsAfterClosingFailByName() {
    EmbeddedAtStore opened = one.open(one.path("store.mv.db"));
    AtSignStore space = value(opened.create(ALICE));
    one.close();
    failure(StoreFailed.class, space.get("k"));
    failure(StoreFailed.class, opened.create(ALICE));
  }
}
