package org.noports.testkit.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.value;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.store.BatchResult;
import org.noports.api.store.LogPage;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreEntry;

/** The log of changes, its hints, and what sweeping does to it. */
public abstract class AtStoreLogContract extends StoreFixture {
  @Test
  public void commitIdsAscendAndTheLogHasTheLatestChangeOfEachKey() {
    long first = applied(put("a", "1")).get(0);
    long second = applied(put("b", "1")).get(0);
    long third = applied(put("a", "2")).get(0);

    assertThat(first < second && second < third, is(true));
    assertThat(keysInLog(0), contains("b", "a"));
    assertThat(keysInLog(second), contains("a"));
    assertThat(keysInLog(third), is(empty()));
    assertThat(value(alice.lastCommit()), is(third));
  }

  @Test
  public void aDeletionStaysInTheLog() {
    applied(put("a", "1"));
    long commit = applied(delete("a")).get(0);

    StoreEntry entry = value(alice.log(0, "", 10)).entries().get(0);
    assertThat(entry.deleted(), is(true));
    assertThat(entry.commitId(), is(commit));
    assertThat(entry.value().length, is(0));
    assertThat(read("a"), is(Optional.empty()));
  }

  @Test
  public void deletingWhatIsNotThereIsAChangeToo() {
    long commit = applied(delete("never")).get(0);
    assertThat(commit, is(value(alice.lastCommit())));
    assertThat(keysInLog(0), contains("never"));
  }

  @Test
  public void theLogComesInPagesAndByPrefix() {
    applied(put("x.1", "v"), put("y.1", "v"), put("x.2", "v"), put("x.3", "v"));

    List<StoreEntry> page = value(alice.log(0, "x.", 2)).entries();
    List<StoreEntry> next = value(alice.log(page.get(1).commitId(), "x.", 2)).entries();

    assertThat(page.stream().map(StoreEntry::key).toList(), contains("x.1", "x.2"));
    assertThat(next.stream().map(StoreEntry::key).toList(), contains("x.3"));
  }

  @Test
  public void whatIsNotLoggedTakesNoCommitId() {
    StoreChange quiet =
        new StoreChange.Put(
            "notification",
            bytes("v"),
            bytes("{}"),
            Optional.empty(),
            Optional.empty(),
            false,
            StoreChange.Precondition.ANY);

    assertThat(applied(quiet, put("a", "1"), quiet), contains(-1L, 1L, -1L));
    assertThat(keysInLog(0), contains("a"));
    assertThat(read("notification"), is(Optional.of("v")));
  }

  @Test
  public void sweepingDeletesWhatExpiredAsOrdinaryCommits() {
    applied(expiring("a", clock.instant().plusSeconds(1)), put("b", "stays"));
    long before = value(alice.lastCommit());
    assertThat(value(alice.sweep(10)), is(0));

    clock.advance(Duration.ofSeconds(2));

    assertThat(value(alice.sweep(10)), is(1));
    assertThat(value(alice.sweep(10)), is(0));
    assertThat(keysInLog(before), contains("a"));
    assertThat(read("b"), is(Optional.of("stays")));
  }

  @Test
  public void sweepingDeletesWhatWasFreshAsMuchAtATimeAsItIsToldTo() {
    for (int i = 0; i < 100; i++) {
      applied(fresh("a" + i, 1), fresh("b" + i, 1), fresh("later" + i, 9));
    }
    clock.advance(Duration.ofSeconds(2));

    int first = value(alice.sweep(7));
    int more = value(alice.sweep(1000));

    assertThat(List.of(first, more, value(alice.sweep(1000))), contains(7, 193, 0));
    assertThat(read("later99"), is(Optional.of("v")));
    clock.advance(Duration.ofSeconds(10));
    assertThat(value(alice.sweep(1000)), is(100));
  }

  @Test
  public void whatWasFreshIsInvisibleAtOnceWhenItExpires() {
    clock.advance(Duration.ofMillis(10));
    applied(fresh("a", 1));
    clock.advance(Duration.ofSeconds(1));

    assertThat(read("a"), is(Optional.empty()));
  }

  @Test
  public void whatReplacesWhatWasFreshKeepsItsOwnExpiry() {
    applied(fresh("a", 1), fresh("b", 1), fresh("c", 1));
    applied(put("a", "for ever"), expiring("b", clock.instant().plusSeconds(5)), delete("c"));
    clock.advance(Duration.ofSeconds(3));

    assertThat(value(alice.sweep(10)), is(0));
    assertThat(read("a"), is(Optional.of("for ever")));
    clock.advance(Duration.ofSeconds(3));
    assertThat(value(alice.sweep(10)), is(1));
  }

  @Test
  public void aFreshKeyThatIsLoggedIsOneThatMustBeAbsent() {
    applied(put("a", "1"));
    StoreChange change = put("a", "2", StoreChange.Precondition.FRESH);

    assertThat(value(alice.apply("again", List.of(change))), is(new BatchResult.Refused(0, "a")));
  }

  private StoreChange fresh(String key, int seconds) {
    return new StoreChange.Put(
        key,
        "v".getBytes(UTF_8),
        new byte[0],
        Optional.empty(),
        Optional.of(clock.instant().plusSeconds(seconds)),
        false,
        StoreChange.Precondition.FRESH);
  }

  @Test
  public void aLaterPutTakesTheExpiryAway() {
    applied(expiring("a", clock.instant().plusSeconds(1)));
    applied(put("a", "for ever"));
    clock.advance(Duration.ofDays(1));

    assertThat(value(alice.sweep(10)), is(0));
    assertThat(read("a"), is(Optional.of("for ever")));
  }

  @Test
  public void whoIsBehindAForgottenDeletionMustReadAllAgain() {
    long seen = applied(put("a", "1")).get(0);
    applied(put("b", "1"));
    applied(delete("a"));
    long last = value(alice.lastCommit());
    clock.advance(Duration.ofDays(10_000));
    value(alice.sweep(10));
    applied(put("c", "1"));

    LogPage page = value(alice.log(seen, "", 10));

    assertThat(page.resync(), is(true));
    assertThat(keysInLog(0), contains("b", "c"));
    assertThat(value(alice.log(last, "", 10)).resync(), is(false));
    assertThat(keysInLog(last), contains("c"));
  }

  @Test
  public void aHintFollowsEachCommitUntilItsListenerCloses() {
    CompletableFuture<AtSign> hint = new CompletableFuture<>();
    Subscription subscription = alice.hints(hint::complete);
    applied(put("a", "1"));
    assertThat(value(hint), is(ALICE));

    subscription.close();
    CompletableFuture<AtSign> other = new CompletableFuture<>();
    Subscription second = alice.hints(other::complete);
    applied(put("a", "2"));
    assertThat(value(other), is(ALICE));
    second.close();
  }

  @Test
  public void aListenerThatThrowsHarmsNobody() {
    CompletableFuture<AtSign> hint = new CompletableFuture<>();
    Subscription bad =
        alice.hints(
            it -> {
              throw new IllegalStateException("a listener's fault");
            });
    Subscription good = alice.hints(hint::complete);
    applied(put("a", "1"));
    assertThat(value(hint), is(ALICE));
    bad.close();
    good.close();
  }
}
