package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.noports.testkit.Stages.value;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;

/** A folder in which one store is open at a time, with @alice in it. */
final class OneStore extends ExternalResource {
  static final AtSign ALICE = AtSign.of("@alice");

  final TemporaryFolder folder = new TemporaryFolder();
  private Optional<EmbeddedAtStore> store = Optional.empty();

  @Override
  protected void before() throws Throwable {
    folder.create();
  }

  @Override
  protected void after() {
    close();
    folder.delete();
  }

  void close() {
    store.ifPresent(EmbeddedAtStore::close);
    store = Optional.empty();
  }

  EmbeddedAtStore open(Path file) {
    close();
    EmbeddedAtStore opened = EmbeddedStores.open(EmbeddedStores.settings(file), Clock.systemUTC());
    store = Optional.of(opened);
    return opened;
  }

  Path path(String name) {
    return folder.getRoot().toPath().resolve(name);
  }

  /** Keeps the key's name under the key. */
  static void put(EmbeddedAtStore store, String key) {
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

  static boolean has(EmbeddedAtStore store, String key) {
    return value(value(store.open(ALICE)).orElseThrow().get(key)).isPresent();
  }
}
