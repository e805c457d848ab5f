package org.noports.testkit.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.QueueItem;
import org.noports.api.store.StoreCare;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreReport;

/** Backup, restore and compaction of a store that is in use. */
public abstract class StoreCareContract extends StoreFixture {
  private static final int MANY = 3000;

  /** Who looks after {@code store}. */
  protected abstract StoreCare care(AtStore store);

  private Path file() {
    return folder.getRoot().toPath().resolve("backup.npb");
  }

  private StoreReport backup(Optional<AtSign> only) {
    return value(care(store).backup(file(), only));
  }

  /** Goes on with an empty store in another folder. */
  private void openEmpty() throws IOException {
    close(store);
    store = open(folder.newFolder().toPath(), clock);
  }

  private void restore() {
    value(care(store).restore(file(), false));
    alice = value(store.open(ALICE)).orElseThrow();
  }

  @Test
  public void whatWasBackedUpComesBackInAnotherStore() throws Exception {
    String id = requestId();
    applied(put("phone@alice", "123"), put("gone@alice", "x"));
    applied(delete("gone@alice"));
    BatchResult first = value(alice.apply(id, List.of(put("once@alice", "1"))));
    applied(item("leased"), item("waiting"));
    QueueItem leased = value(alice.claim(1, Duration.ofMinutes(5))).get(0);
    long last = value(alice.lastCommit());
    List<String> log = keysInLog(0);
    StoreReport report = backup(Optional.empty());
    assertThat(report.atSigns(), is(1L));
    assertThat(report.bytesAfter(), is(Files.size(file())));

    openEmpty();
    restore();

    assertThat(read("phone@alice"), is(Optional.of("123")));
    assertThat(read("gone@alice"), is(Optional.empty()));
    assertThat(keysInLog(0), is(log));
    assertThat(value(alice.lastCommit()), is(last));
    assertThat(value(alice.apply(id, List.of(put("once@alice", "2")))), is(first));
    assertThat(value(alice.queued()), is(2L));
    List<QueueItem> due = value(alice.claim(10, Duration.ofMinutes(5)));
    assertThat(due.stream().map(QueueItem::id).toList(), is(List.of(other(leased.id()))));
    assertThat(applied(put("next@alice", "n")).get(0), is(greaterThan(last)));
  }

  private static String other(String id) {
    return id.equals("leased") ? "waiting" : "leased";
  }

  private StoreChange item(String id) {
    return new StoreChange.Enqueue(
        id, "@bob", bytes(id), clock.instant(), clock.instant().plusSeconds(86_400));
  }

  @Test
  public void oneAtSignAloneCanBeTakenElsewhere() throws Exception {
    applied(put("k", "alice's"));
    AtSignStore bob = value(store.create(BOB));
    value(bob.apply(requestId(), List.of(put("k", "bob's"))));
    backup(Optional.of(ALICE));

    openEmpty();
    restore();

    assertThat(read("k"), is(Optional.of("alice's")));
    assertThat(value(store.open(BOB)).isEmpty(), is(true));
  }

  @Test
  public void aBackupMadeWhileOthersWriteHalvesNoBatch() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    List<CompletionStage<?>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      writers.add(write(i, 0, enough));
    }
    backup(Optional.empty());
    enough.set(true);
    writers.forEach(it -> value(it));

    openEmpty();
    restore();

    int keys = value(alice.scan("key", Optional.empty(), 1_000_000)).size();
    int twins = value(alice.scan("twin", Optional.empty(), 1_000_000)).size();
    assertThat(twins, is(keys));
    assertThat(value(alice.log(0, "", 1_000_000)).entries().size(), is(2 * keys));
  }

  private CompletionStage<Long> write(int writer, int number, AtomicBoolean enough) {
    String name = writer + "." + number;
    return alice
        .apply(requestId(), List.of(put("key" + name, "v"), put("twin" + name, "v")))
        .thenComposeAsync(
            done -> enough.get() ? alice.lastCommit() : write(writer, number + 1, enough));
  }

  @Test
  public void aStoreThatHasTheAtSignIsLeftAsItIsUnlessTold() {
    applied(put("k", "old"));
    backup(Optional.empty());
    long seen = applied(put("k", "newer"), put("more", "x")).get(1);

    StoreFailed refused = failure(StoreFailed.class, care(store).restore(file(), false));

    assertThat(refused.getMessage(), containsString("already has @alice"));
    assertThat(read("k"), is(Optional.of("newer")));

    value(care(store).restore(file(), true));

    assertThat(read("k"), is(Optional.of("old")));
    assertThat(read("more"), is(Optional.empty()));
    assertThat(value(alice.log(seen, "", 10)).resync(), is(true));
    assertThat(applied(put("k", "next")).get(0), is(greaterThan(seen)));
  }

  @Test
  public void aDamagedBackupIsRefusedByNameAndChangesNothing() throws Exception {
    applied(put("k", "v"));
    backup(Optional.empty());
    byte[] whole = Files.readAllBytes(file());
    openEmpty();
    for (int at : new int[] {3, whole.length / 2, whole.length - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      refused(damaged);
    }
    refused(Arrays.copyOf(whole, whole.length - 10));
    refused(Arrays.copyOf(whole, whole.length + 1));
    assertThat(value(store.atSigns(Optional.empty(), 10)), is(empty()));
  }

  private void refused(byte[] damaged) throws IOException {
    Files.write(file(), damaged);
    StoreFailed refused = failure(StoreFailed.class, care(store).restore(file(), true));
    assertThat(refused.getMessage(), containsString(file().toString()));
  }

  @Test
  public void aBackupThatCannotBeWrittenIsReportedByName() throws Exception {
    Path blocked = folder.newFile("blocked").toPath();
    StoreFailed refused =
        failure(StoreFailed.class, care(store).backup(blocked.resolve("backup"), Optional.empty()));
    assertThat(refused.getMessage(), containsString(blocked.toString()));
    applied(put("k", "v"));
  }

  @Test
  public void compactionMakesTheFileShorterWhileOthersWrite() throws Exception {
    for (int i = 0; i < MANY; i += 100) {
      StoreChange[] changes = new StoreChange[100];
      for (int j = 0; j < changes.length; j++) {
        changes[j] = put("key" + (i + j), "x".repeat(2000));
      }
      applied(changes);
    }
    long full = value(care(store).compact()).bytesAfter();
    List<CompletionStage<?>> deletions = new ArrayList<>();
    for (int i = 10; i < MANY; i++) {
      deletions.add(alice.apply(requestId(), List.of(delete("key" + i))));
    }
    deletions.forEach(it -> value(it));
    AtomicBoolean enough = new AtomicBoolean();
    CompletionStage<?> writer = write(1, 0, enough);

    StoreReport report = value(care(store).compact());

    enough.set(true);
    value(writer);
    assertThat(report.bytesAfter(), is(lessThan(full / 2)));
    reopen();
    assertThat(read("key1"), is(Optional.of("x".repeat(2000))));
    assertThat(read("key10"), is(Optional.empty()));
    int keys = value(alice.scan("key1.", Optional.empty(), 1_000_000)).size();
    assertThat(keys, is(greaterThan(0)));
    assertThat(value(alice.scan("twin1.", Optional.empty(), 1_000_000)).size(), is(keys));
  }
}
