package org.noports.testkit.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/** Entries, batches, expiry and spaces: what every engine must do. */
public abstract class AtStoreContract extends StoreFixture {
  @Test
  public void whatWasPutIsReadBack() {
    applied(put("phone@alice", "123"));

    StoreEntry entry = value(alice.get("phone@alice")).orElseThrow();
    assertThat(new String(entry.value()), is("123"));
    assertThat(new String(entry.metadata()), is("{}"));
    assertThat(entry.deleted(), is(false));
    assertThat(read("other@alice"), is(Optional.empty()));
  }

  @Test
  public void whatWasPutIsThereAfterReopening() {
    long commit = applied(put("phone@alice", "123")).get(0);

    reopen();

    assertThat(read("phone@alice"), is(Optional.of("123")));
    assertThat(value(alice.lastCommit()), is(commit));
    assertThat(applied(put("phone@alice", "456")).get(0), is(greaterThan(commit)));
  }

  @Test
  public void atSignsDoNotSeeEachOther() {
    AtSignStore bob = value(store.create(BOB));
    AtSignStore longer = value(store.create(AtSign.of("@alice2")));
    applied(put("phone", "alice's"));
    value(bob.apply(requestId(), List.of(put("phone", "bob's"))));

    assertThat(read("phone"), is(Optional.of("alice's")));
    assertThat(new String(value(bob.get("phone")).orElseThrow().value()), is("bob's"));
    assertThat(value(longer.scan("", Optional.empty(), 10)), is(empty()));
    assertThat(value(longer.log(0, "", 10)).entries(), is(empty()));
  }

  @Test
  public void aBatchHappensWholeOrNotAtAll() {
    applied(put("taken", "first"));

    BatchResult result =
        apply(
            put("new", "value"),
            delete("taken"),
            put("taken", "second", StoreChange.Precondition.ABSENT));

    assertThat(result, is(new BatchResult.Refused(2, "taken")));
    assertThat(read("new"), is(Optional.empty()));
    assertThat(read("taken"), is(Optional.of("first")));
  }

  @Test
  public void aVersionGuardsAgainstAnotherWriter() {
    applied(put("counter", "1"));
    long seen = value(alice.get("counter")).orElseThrow().version();
    applied(put("counter", "2"));

    StoreChange late = put("counter", "stale", new StoreChange.Precondition.Version(seen));
    assertThat(apply(late), is(new BatchResult.Refused(0, "counter")));

    long now = value(alice.get("counter")).orElseThrow().version();
    applied(put("counter", "3", new StoreChange.Precondition.Version(now)));
    assertThat(read("counter"), is(Optional.of("3")));
  }

  @Test
  public void anExpiredEntryCountsAsAbsent() {
    applied(expiring("lock", clock.instant().plusSeconds(5)));
    clock.advance(Duration.ofSeconds(5));

    applied(put("lock", "mine", StoreChange.Precondition.ABSENT));

    assertThat(read("lock"), is(Optional.of("mine")));
  }

  @Test
  public void aRepeatedRequestIsAnsweredAsTheFirstTimeAndChangesNothing() {
    String id = requestId();
    BatchResult first = value(alice.apply(id, List.of(put("k", "once"))));
    applied(put("k", "twice"));

    reopen();

    assertThat(value(alice.apply(id, List.of(put("k", "once")))), is(first));
    assertThat(read("k"), is(Optional.of("twice")));
  }

  @Test
  public void aRefusedRequestStaysRefusedWhenRepeated() {
    applied(put("k", "there"));
    StoreChange change = put("k", "new", StoreChange.Precondition.ABSENT);
    String id = requestId();
    BatchResult refused = value(alice.apply(id, List.of(change)));
    applied(delete("k"));

    assertThat(value(alice.apply(id, List.of(change))), is(refused));
  }

  @Test
  public void aRequestIsForgottenAfterAWhile() {
    String id = requestId();
    applied(put("other", "x"));
    value(alice.apply(id, List.of(put("k", "a"))));
    clock.advance(Duration.ofHours(1));
    applied(put("k", "b"));

    value(alice.apply(id, List.of(put("k", "a"))));

    assertThat(read("k"), is(Optional.of("a")));
  }

  @Test
  public void entriesAreInvisibleBeforeTheirTimeAndAfterIt() {
    apply(
        new StoreChange.Put(
            "window",
            bytes("v"),
            bytes("{}"),
            Optional.of(clock.instant().plusSeconds(10)),
            Optional.of(clock.instant().plusSeconds(20)),
            true,
            StoreChange.Precondition.ANY));

    assertThat(read("window"), is(Optional.empty()));
    clock.advance(Duration.ofSeconds(10));
    assertThat(read("window"), is(Optional.of("v")));
    clock.advance(Duration.ofSeconds(10));
    assertThat(read("window"), is(Optional.empty()));
    assertThat(value(alice.scan("", Optional.empty(), 10)), is(empty()));
  }

  @Test
  public void whatIsStoredCanBeFoundBeforeItsTimeAndUntilASweepAfterIt() {
    apply(
        new StoreChange.Put(
            "window",
            bytes("v"),
            bytes("{}"),
            Optional.of(clock.instant().plusSeconds(10)),
            Optional.of(clock.instant().plusSeconds(20)),
            true,
            StoreChange.Precondition.ANY));

    assertThat(value(alice.stored("window")).isPresent(), is(true));
    clock.advance(Duration.ofSeconds(20));
    assertThat(value(alice.stored("window")).isPresent(), is(true));
    value(alice.sweep(10));
    assertThat(value(alice.stored("window")), is(Optional.empty()));
    applied(put("k", "v"));
    applied(delete("k"));
    assertThat(value(alice.stored("k")), is(Optional.empty()));
  }

  @Test
  public void aScanGoesThroughKeysInOrderAndGoesOnWhereItStopped() {
    IntStream.range(0, 25).forEach(i -> applied(put("a%02d".formatted(i), "v")));
    applied(put("b", "v"));

    List<StoreEntry> first = value(alice.scan("a", Optional.empty(), 20));
    List<StoreEntry> rest = value(alice.scan("a", Optional.of(first.get(19).key()), 20));

    assertThat(first.size(), is(20));
    assertThat(first.get(0).key(), is("a00"));
    assertThat(
        rest.stream().map(StoreEntry::key).toList(), contains("a20", "a21", "a22", "a23", "a24"));
  }

  @Test
  public void unicodeKeysAndLargeValuesComeBackUnchanged() {
    byte[] large = new byte[store.capabilities().maxValueBytes() - 2];
    large[large.length - 1] = 7;
    StoreChange change =
        new StoreChange.Put(
            "\uD83D\uDEE0.ключ@alice",
            large,
            bytes("{}"),
            Optional.empty(),
            Optional.empty(),
            true,
            StoreChange.Precondition.ANY);
    applied(change);

    assertThat(value(alice.get("\uD83D\uDEE0.ключ@alice")).orElseThrow().value(), is(large));
  }

  @Test
  public void aValueThatIsTooLargeIsRefusedByNameAndTheStoreGoesOn() {
    String large = "x".repeat(store.capabilities().maxValueBytes() + 1);

    failure(StoreFailed.class, alice.apply(requestId(), List.of(put("big", large))));

    applied(put("small", "fits"));
    assertThat(read("small"), is(Optional.of("fits")));
  }

  @Test
  public void aDroppedAtSignIsGoneAndItsCommitIdsAreNotGivenAgain() {
    applied(put("k", "v"));
    long last = value(alice.lastCommit());

    assertThat(value(store.drop(ALICE)), is(true));

    assertThat(value(store.open(ALICE)), is(Optional.empty()));
    assertThat(value(store.drop(ALICE)), is(false));
    failure(StoreFailed.class, alice.apply(requestId(), List.of(put("k", "v"))));
    alice = value(store.create(ALICE));
    assertThat(read("k"), is(Optional.empty()));
    assertThat(applied(put("k", "new")).get(0), is(greaterThan(last)));
    assertThat(value(alice.log(last, "", 10)).resync(), is(true));
  }

  @Test
  public void atSignsAreListedInOrderAndInPages() {
    List.of("@dave", "@bob", "@carol").forEach(it -> value(store.create(AtSign.of(it))));
    value(store.drop(AtSign.of("@carol")));

    List<AtSign> first = value(store.atSigns(Optional.empty(), 2));

    assertThat(first, contains(ALICE, BOB));
    assertThat(value(store.atSigns(Optional.of(BOB), 2)), contains(AtSign.of("@dave")));
  }

  @Test
  public void creatingTwiceKeepsWhatIsThere() {
    applied(put("k", "v"));
    alice = value(store.create(ALICE));
    assertThat(read("k"), is(Optional.of("v")));
    assertThat(value(store.open(BOB)), is(not(Optional.of(alice))));
  }

  @Test
  public void whatIsImmutableIsKeptFromChangesThatSayTheyRespectIt() {
    StoreChange.Put plain = put("k", "v");
    applied(
        new StoreChange.Put(
            "k",
            plain.value(),
            plain.metadata(),
            plain.visibleFrom(),
            plain.expiresAt(),
            true,
            StoreChange.Precondition.ANY,
            true));
    StoreChange change = put("k", "other", StoreChange.Precondition.NOT_IMMUTABLE);
    StoreChange deletion =
        new StoreChange.Delete("k", true, StoreChange.Precondition.NOT_IMMUTABLE);
    reopen();

    assertThat(apply(change), is(new BatchResult.Refused(0, "k")));
    assertThat(apply(deletion), is(new BatchResult.Refused(0, "k")));
    assertThat(read("k"), is(Optional.of("v")));
    applied(delete("k"));
    applied(change);
    applied(deletion);
  }

  @Test
  public void eachLeaderHasAHigherToken() {
    long first = value(store.leader("sweep", Duration.ofSeconds(1))).orElseThrow();
    clock.advance(Duration.ofSeconds(2));
    reopen();
    long second = value(store.leader("sweep", Duration.ofSeconds(1))).orElseThrow();
    assertThat(second, is(greaterThan(first)));
  }
}
