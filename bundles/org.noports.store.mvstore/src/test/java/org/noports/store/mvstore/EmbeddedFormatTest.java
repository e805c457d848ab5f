package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.noports.store.mvstore.OneStore.ALICE;
import static org.noports.store.mvstore.OneStore.has;
import static org.noports.store.mvstore.OneStore.put;
import static org.noports.testkit.Stages.failure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.StoreFailed;

/** Files and journals of other formats and other stores. */
public class EmbeddedFormatTest {
  @Rule public final OneStore one = new OneStore();

  @Test
  public void aFileOfANewerFormatIsRefusedByNameAndLeftAsItIs() {
    Path file = one.path("store.mv.db");
    format(file, "3");

    StoreFailed failure = failure(StoreFailed.class, one.open(file).open(ALICE));

    assertThat(failure.getMessage(), containsString(file + " has format 3"));
    one.close();
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
    Path file = one.path("store.mv.db");
    put(one.open(file), "k");
    one.close();
    delete(file + ".journal-");
    try (MVStore raw = MVStore.open(file.toString())) {
      MVMap<byte[], byte[]> about = BytesType.map(raw, Table.ABOUT);
      about.put("format".getBytes(UTF_8), "1".getBytes(UTF_8));
      about.remove("id".getBytes(UTF_8));
      about.remove("journal".getBytes(UTF_8));
    }

    EmbeddedAtStore opened = one.open(file);

    assertThat(has(opened, "k"), is(true));
    put(opened, "more");
    one.close();
    assertThat(format(file), is("2"));
    assertThat(format(one.path("store.mv.db.format1")), is("1"));
    assertThat(has(one.open(file), "more"), is(true));
  }

  private void delete(String prefix) throws Exception {
    try (Stream<Path> files = Files.list(one.folder.getRoot().toPath())) {
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
    put(one.open(one.path("store.mv.db")), "k");
    one.close();
    Files.delete(one.path("store.mv.db"));

    StoreFailed failure = failure(StoreFailed.class, one.open(one.path("store.mv.db")).open(ALICE));

    assertThat(failure.getMessage(), containsString("only its journal beside it is"));
    assertThat(Files.exists(one.path("store.mv.db")), is(false));
  }

  @Test
  public void aJournalOfAnotherStoreIsRefusedByName() throws Exception {
    put(one.open(one.path("one.mv.db")), "k");
    put(one.open(one.path("two.mv.db")), "k");
    one.close();
    delete(one.path("one.mv.db.journal-").toString());
    try (Stream<Path> files = Files.list(one.folder.getRoot().toPath())) {
      for (Path each : files.filter(it -> it.toString().contains("two.mv.db.journal-")).toList()) {
        Files.copy(each, Path.of(each.toString().replace("two", "one")));
      }
    }

    StoreFailed failure = failure(StoreFailed.class, one.open(one.path("one.mv.db")).open(ALICE));

    assertThat(failure.getMessage(), containsString("belongs to another store"));
  }
}
