package org.noports.testkit.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.value;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/** Many writers and readers at once. */
public abstract class AtStoreConcurrencyContract extends StoreFixture {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 30;

  @Test
  public void ofManyWhoCreateTheSameKeyOneWins() {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "lock" + round;
      List<CompletionStage<BatchResult>> attempts = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        StoreChange change = put(key, "writer " + i, StoreChange.Precondition.ABSENT);
        attempts.add(alice.apply(requestId(), List.of(change)));
      }
      long winners =
          attempts.stream().filter(it -> value(it) instanceof BatchResult.Applied).count();
      assertThat(winners, is(1L));
    }
  }

  @Test
  public void countersThatAreGuardedByVersionsLoseNoStep() {
    applied(put("counter", "0"));
    CompletableFuture<?>[] all =
        Stream.generate(() -> CompletableFuture.runAsync(this::increment))
            .limit(WRITERS)
            .toArray(CompletableFuture<?>[]::new);
    value(CompletableFuture.allOf(all));
    assertThat(read("counter"), is(Optional.of("" + WRITERS)));
  }

  private void increment() {
    BatchResult result;
    do {
      StoreEntry entry = value(alice.get("counter")).orElseThrow();
      int next = Integer.parseInt(new String(entry.value())) + 1;
      StoreChange change =
          put("counter", "" + next, new StoreChange.Precondition.Version(entry.version()));
      result = value(alice.apply(requestId(), List.of(change)));
    } while (result instanceof BatchResult.Refused);
  }

  @Test
  public void aFollowerOfTheLogMissesNothingWhileOthersWrite() {
    List<CompletionStage<BatchResult>> writes = new ArrayList<>();
    Set<String> followed = new HashSet<>();
    long cursor = 0;
    int total = WRITERS * ROUNDS;
    for (int i = 0; i < total; i++) {
      writes.add(alice.apply(requestId(), List.of(put("key" + i, "v"))));
      if (i % 7 == 0) {
        cursor = follow(cursor, followed);
      }
    }
    writes.forEach(it -> value(it));
    while (cursor < value(alice.lastCommit())) {
      cursor = follow(cursor, followed);
    }
    assertThat(followed.size(), is(total));
  }

  private long follow(long cursor, Set<String> followed) {
    long at = cursor;
    for (StoreEntry entry : value(alice.log(cursor, "", 50)).entries()) {
      assertThat(entry.commitId() > at, is(true));
      at = entry.commitId();
      followed.add(entry.key());
    }
    return at;
  }

  @Test
  public void aWriterReadsItsOwnWriteAtOnce() {
    for (int i = 0; i < 200; i++) {
      applied(put("mine", "" + i));
      assertThat(read("mine"), is(Optional.of("" + i)));
    }
  }

  @Test
  public void thousandsOfAtSignsLiveSideBySide() {
    List<CompletionStage<BatchResult>> writes = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      AtSign name = AtSign.of("@sign" + i);
      writes.add(
          store
              .create(name)
              .thenCompose(space -> space.apply(requestId(), List.of(put("who", name.name())))));
    }
    writes.forEach(it -> value(it));
    AtSignStore some = value(store.open(AtSign.of("@sign1234"))).orElseThrow();
    assertThat(new String(value(some.get("who")).orElseThrow().value()), is("@sign1234"));
    assertThat(value(some.lastCommit()), is(1L));
  }
}
