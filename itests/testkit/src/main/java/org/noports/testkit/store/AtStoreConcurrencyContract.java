package org.noports.testkit.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
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
  private static final BatchResult APPLIED_NOTHING = new BatchResult.Applied(List.of());

  private final List<Boolean> found = new CopyOnWriteArrayList<>();

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
  public void countersThatAreChangedWhereTheyAreReadLoseNoStep() {
    applied(put("counter", "0"));
    List<CompletionStage<Boolean>> all =
        Stream.generate(this::changed).limit(WRITERS * ROUNDS).toList();
    long steps = all.stream().filter(it -> value(it)).count();
    assertThat(steps, is(greaterThan(0L)));
    assertThat(read("counter"), is(Optional.of("" + steps)));
  }

  /** A store that reads and writes in one go refuses none of them; another one may. */
  private CompletionStage<Boolean> changed() {
    return alice
        .change(requestId(), "counter", 1, found -> List.of(next(found.orElseThrow())))
        .thenApply(BatchResult.Applied.class::isInstance);
  }

  private static StoreChange next(StoreEntry entry) {
    int next = Integer.parseInt(new String(entry.value())) + 1;
    return put("counter", "" + next, new StoreChange.Precondition.Version(entry.version()));
  }

  @Test
  public void whoWantsToKnowEarlyIsToldOnceAndWhatIsAnsweredThen() {
    List<BatchResult> told = new CopyOnWriteArrayList<>();
    List<BatchResult> answered = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      StoreChange change = put("key" + i % 20, "v", StoreChange.Precondition.ABSENT);
      answered.add(value(alice.apply(requestId(), List.of(change), told::add)));
      assertThat(told.isEmpty() || told.equals(answered), is(true));
    }
    assertThat(answered.get(ROUNDS - 1), is(instanceOf(BatchResult.Refused.class)));
  }

  @Test
  public void aChangeThatCannotBeMadeFailsAloneAndChangesNothing() {
    applied(put("a", "1"));
    CompletionStage<BatchResult> before = alice.apply(requestId(), List.of(put("b", "1")));
    CompletionStage<BatchResult> none =
        alice.change(
            requestId(),
            "a",
            1,
            found -> {
              throw new IllegalArgumentException("no");
            });
    CompletionStage<BatchResult> after = alice.apply(requestId(), List.of(put("c", "1")));

    assertThat(failure(IllegalArgumentException.class, none).getMessage(), is("no"));
    assertThat(value(before), is(instanceOf(BatchResult.Applied.class)));
    assertThat(value(after), is(instanceOf(BatchResult.Applied.class)));
    assertThat(read("a"), is(Optional.of("1")));
  }

  @Test
  public void aChangeThatIsRepeatedIsMadeOnce() {
    applied(put("counter", "0"));
    String id = requestId();

    BatchResult first = value(alice.change(id, "counter", 1, found -> List.of(next(found.get()))));
    BatchResult again = value(alice.change(id, "counter", 1, found -> List.of(next(found.get()))));

    assertThat(again, is(first));
    assertThat(read("counter"), is(Optional.of("1")));
  }

  @Test
  public void aChangeSeesWhatHasExpiredAndNoDeletion() {
    applied(expiring("old", clock.instant().plusSeconds(1)), put("gone", "1"));
    applied(delete("gone"));
    clock.advance(Duration.ofSeconds(2));

    assertThat(value(alice.change(requestId(), "old", 1, seen())), is(APPLIED_NOTHING));
    assertThat(value(alice.change(requestId(), "gone", 1, seen())), is(APPLIED_NOTHING));
    assertThat(found, contains(true, false));
  }

  private Function<Optional<StoreEntry>, List<StoreChange>> seen() {
    return entry -> {
      found.add(entry.isPresent());
      return List.of();
    };
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
