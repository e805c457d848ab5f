package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;

/** Files and journals of other formats and other stores. */
public class EmbeddedFormatTest {
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
  public void aFileOfANewerFormatIsRefusedByNameAndLeftAsItIs() {
    Path file = path("store.mv.db");
    format(file, "3");

    StoreFailed failure = failure(StoreFailed.class, open(file).open(ALICE));

    assertThat(failure.getMessage(), containsString(file + " has format 3"));
    close();
    try (MVStore raw = MVStore.open(file.toString())) {
      assertThat(raw.getMapNames(), is(Set.of("about")));
    }
  }

  private static void format(Path file, String format) {
    try (MVStore raw = MVStore.open(file.toString())) {
      BytesType.map(raw, Table.ABOUT).put("format".getBytes(UTF_8), format.getBytes(UTF_8));
      List.of("spaces", "entries", "log", "due", "queue", "requests").forEach(raw::removeMap);
    }
  }

  @Test
  public void aFileOfTheFormatBeforeTheJournalIsTakenOverAndACopyKept() throws Exception {
    Path file = path("store.mv.db");
    put(open(file), "k");
    close();
    delete(file + ".journal-");
    try (MVStore raw = MVStore.open(file.toString())) {
      MVMap<byte[], byte[]> about = BytesType.map(raw, Table.ABOUT);
      about.put("format".getBytes(UTF_8), "1".getBytes(UTF_8));
      about.remove("id".getBytes(UTF_8));
      about.remove("journal".getBytes(UTF_8));
    }

    EmbeddedAtStore opened = open(file);

    assertThat(has(opened, "k"), is(true));
    put(opened, "more");
    close();
    assertThat(format(file), is("2"));
    assertThat(format(path("store.mv.db.format1")), is("1"));
    assertThat(has(open(file), "more"), is(true));
  }

  private void delete(String prefix) throws Exception {
    try (Stream<Path> files = Files.list(folder.getRoot().toPath())) {
      for (Path each : files.filter(it -> it.toString().startsWith(prefix)).toList()) {
        Files.delete(each);
      }
    }
  }

  private static String format(Path file) {
    try (MVStore raw = MVStore.open(file.toString())) {
      return new String(BytesType.map(raw, Table.ABOUT).get("format".getBytes(UTF_8)), UTF_8);
    }
  }

  @Test
  public void aJournalWhoseFileIsGoneIsNoReasonToBeginAnew() throws Exception {
    put(open(path("store.mv.db")), "k");
    close();
    Files.delete(path("store.mv.db"));

    StoreFailed failure = failure(StoreFailed.class, open(path("store.mv.db")).open(ALICE));

    assertThat(failure.getMessage(), containsString("only its journal beside it is"));
    assertThat(Files.exists(path("store.mv.db")), is(false));
  }

  @Test
  public void aJournalOfAnotherStoreIsRefusedByName() throws Exception {
    put(open(path("one.mv.db")), "k");
    put(open(path("two.mv.db")), "k");
    close();
    delete(path("one.mv.db.journal-").toString());
    try (Stream<Path> files = Files.list(folder.getRoot().toPath())) {
      for (Path each : files.filter(it -> it.toString().contains("two.mv.db.journal-")).toList()) {
        Files.copy(each, Path.of(each.toString().replace("two", "one")));
      }
    }

    StoreFailed failure = failure(StoreFailed.class, open(path("one.mv.db")).open(ALICE));

    assertThat(failure.getMessage(), containsString("belongs to another store"));
  }
}
