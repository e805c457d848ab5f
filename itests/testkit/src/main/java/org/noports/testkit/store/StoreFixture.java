package org.noports.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.noports.testkit.Stages.value;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.testkit.TestClock;

/** A store in a temporary folder, and short ways to change it. */
public abstract class StoreFixture {
  protected static final AtSign ALICE = AtSign.of("@alice");
  protected static final AtSign BOB = AtSign.of("@bob");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  protected final TestClock clock = new TestClock(Instant.parse("2030-01-01T00:00:00Z"));
  protected AtStore store;
  protected AtSignStore alice;

  /** Opens the engine on data below {@code folder}, with a time of its own. */
  protected abstract AtStore open(Path folder, Clock clock);

  /** Closes what {@link #open} opened, in order. */
  protected abstract void close(AtStore store);

  @Before
  public void openStore() {
    store = open(folder.getRoot().toPath(), clock);
    alice = value(store.create(ALICE));
  }

  @After
  public void closeStore() {
    close(store);
  }

  protected void reopen() {
    close(store);
    store = open(folder.getRoot().toPath(), clock);
    alice = value(store.open(ALICE)).orElseThrow();
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected static String requestId() {
    return UUID.randomUUID().toString();
  }

  protected static StoreChange.Put put(String key, String value) {
    return put(key, value, StoreChange.Precondition.ANY);
  }

  protected static StoreChange.Put put(
      String key, String value, StoreChange.Precondition precondition) {
    return new StoreChange.Put(
        key, bytes(value), bytes("{}"), Optional.empty(), Optional.empty(), true, precondition);
  }

  protected static StoreChange.Put expiring(String key, Instant at) {
    return new StoreChange.Put(
        key,
        bytes("soon gone"),
        bytes("{}"),
        Optional.empty(),
        Optional.of(at),
        true,
        StoreChange.Precondition.ANY);
  }

  protected static StoreChange.Delete delete(String key) {
    return new StoreChange.Delete(key, true, StoreChange.Precondition.ANY);
  }

  protected BatchResult apply(StoreChange... changes) {
    return value(alice.apply(requestId(), List.of(changes)));
  }

  /** The commit ids of a batch that must happen. */
  protected List<Long> applied(StoreChange... changes) {
    return ((BatchResult.Applied) apply(changes)).commitIds();
  }

  protected Optional<String> read(String key) {
    return value(alice.get(key)).map(entry -> new String(entry.value(), UTF_8));
  }

  protected List<String> keysInLog(long after) {
    return value(alice.log(after, "", 1000)).entries().stream().map(it -> it.key()).toList();
  }
}
