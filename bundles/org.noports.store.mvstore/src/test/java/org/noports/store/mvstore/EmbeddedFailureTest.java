package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.health.Health;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;
import org.noports.testkit.Eventually;

/** What can go wrong with one file, and what becomes of it. */
public class EmbeddedFailureTest {
  private static final AtSign ALICE = AtSign.of("@alice");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Optional<EmbeddedAtStore> store = Optional.empty();

  @After
  public void close() {
    store.ifPresent(EmbeddedAtStore::close);
    store = Optional.empty();
  }

  private EmbeddedAtStore open(Path file) {
    close();
    EmbeddedAtStore opened = EmbeddedStores.open(EmbeddedStores.settings(file), Clock.systemUTC());
    store = Optional.of(opened);
    return opened;
  }

  private Path path(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  private static void put(EmbeddedAtStore store, String key) {
    AtSignStore space = value(store.create(ALICE));
    StoreChange change =
        new StoreChange.Put(
            key,
            key.getBytes(UTF_8),
            new byte[0],
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    value(space.apply("put " + key, List.of(change)));
  }

  private static boolean has(EmbeddedAtStore store, String key) {
    return value(value(store.open(ALICE)).orElseThrow().get(key)).isPresent();
  }

  @Test
  public void theFileAndItsFolderAreForTheirOwnerOnly() throws Exception {
    put(open(path("deep/store.mv.db")), "k");
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(path("deep/store.mv.db"))),
        is("rw-------"));
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(path("deep"))),
        is("rwx------"));
  }

  @Test
  public void aPlaceThatCannotBeWrittenIsReportedAndUsedOnceItCan() throws Exception {
    Path blocked = folder.newFile("blocked").toPath();
    EmbeddedAtStore opened = open(blocked.resolve("store.mv.db"));

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
    Path file = path("store.mv.db");
    EmbeddedAtStore first = EmbeddedStores.open(EmbeddedStores.settings(file), Clock.systemUTC());
    put(first, "k");

    StoreFailed failure = failure(StoreFailed.class, open(file).open(ALICE));

    assertThat(failure.getMessage(), containsString("is in use by another process"));
    assertThat(has(first, "k"), is(true));
    first.close();
  }

  @Test
  public void whatIsNoStoreIsRefusedByNameAndLeftAsItIs() throws Exception {
    Path letter = folder.newFile("letter.txt").toPath();
    Files.writeString(letter, "Dear Alice, ".repeat(2000));

    StoreFailed failure = failure(StoreFailed.class, open(letter).open(ALICE));

    assertThat(failure.getMessage(), containsString(letter + " is damaged or no store"));
    close();
    assertThat(Files.readString(letter), is("Dear Alice, ".repeat(2000)));
  }

  @Test
  public void aStoreInWhichNothingCanBeReadIsNotTakenForANewOne() throws Exception {
    Path file = path("store.mv.db");
    EmbeddedAtStore opened = open(file);
    for (int i = 0; i < 50; i++) {
      put(opened, "k" + i);
    }
    close();
    byte[] damaged = Files.readAllBytes(file);
    Arrays.fill(damaged, 8192, damaged.length, (byte) 7);
    Files.write(file, damaged);

    StoreFailed failure = failure(StoreFailed.class, open(file).open(ALICE));

    assertThat(failure.getMessage(), containsString(file + " is damaged"));
    close();
    assertThat(
        Arrays.equals(Files.readAllBytes(file), 8192, 16384, damaged, 8192, 16384), is(true));
  }

  @Test
  public void anotherProgramsStoreIsRefusedByName() {
    Path file = path("other.mv.db");
    try (MVStore raw = MVStore.open(file.toString())) {
      raw.openMap("theirs").put("a", "b");
    }
    StoreFailed failure = failure(StoreFailed.class, open(file).open(ALICE));
    assertThat(failure.getMessage(), containsString("is not a NoPorts store"));
  }

  @Test
  public void whatAPowerCutLeftBehindTheLastRecordIsIgnored() throws Exception {
    Path file = path("store.mv.db");
    EmbeddedAtStore opened = open(file);
    for (int i = 0; i < 50; i++) {
      put(opened, "k" + i);
    }
    Path cut = folder.newFolder("cut").toPath();
    byte[] rubbish = new byte[10_000];
    new Random(1).nextBytes(rubbish);
    try (Stream<Path> files = Files.list(folder.getRoot().toPath()).filter(Files::isRegularFile)) {
      for (Path each : files.toList()) {
        Path copy = cut.resolve(each.getFileName());
        Files.copy(each, copy);
        Files.write(copy, rubbish, StandardOpenOption.APPEND);
      }
    }

    EmbeddedAtStore again = open(cut.resolve("store.mv.db"));

    for (int i = 0; i < 50; i++) {
      assertThat(has(again, "k" + i), is(true));
    }
    put(again, "more");
    assertThat(has(open(cut.resolve("store.mv.db")), "more"), is(true));
  }

  @Test
  public void aChangedFileIsFollowedWithoutARestart() throws Exception {
    EmbeddedAtStore opened = open(path("one.mv.db"));
    put(opened, "first");
    opened.settings(EmbeddedStores.settings(path("two.mv.db")));
    Eventually.holds(() -> Files.exists(path("two.mv.db")) && value(opened.open(ALICE)).isEmpty());
    put(opened, "second");
    opened.settings(EmbeddedStores.settings(path("one.mv.db")));
    Eventually.holds(() -> value(opened.open(ALICE)).isPresent() && has(opened, "first"));
    assertThat(has(opened, "second"), is(false));
  }

  @Test
  public void aPathThatCannotBeOpenedDoesNotTakeTheOpenStoreAway() throws Exception {
    EmbeddedAtStore opened = open(path("one.mv.db"));
    put(opened, "first");
    Path blocked = folder.newFile("blocked").toPath();
    opened.settings(EmbeddedStores.settings(blocked.resolve("two.mv.db")));
    Eventually.holds(() -> opened.check().status() == Health.Status.DEGRADED);
    assertThat(opened.check().message(), containsString("one.mv.db stays in use"));
    put(opened, "second");
    assertThat(has(opened, "first") && has(opened, "second"), is(true));
  }

  @Test
  public void callsAfterClosingFailByName() {
    EmbeddedAtStore opened = open(path("store.mv.db"));
    AtSignStore space = value(opened.create(ALICE));
    close();
    failure(StoreFailed.class, space.get("k"));
    failure(StoreFailed.class, opened.create(ALICE));
  }
}
