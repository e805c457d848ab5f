package org.noports.testkit.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.noports.testkit.Stages.value;

import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.noports.api.store.BatchResult;
import org.noports.api.store.QueueItem;
import org.noports.api.store.QueueOutcome;
import org.noports.api.store.StoreChange;

/** The outgoing queue: nothing lost, nothing made up, one claim at a time. */
public abstract class AtStoreQueueContract extends StoreFixture {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @Test
  public void anItemIsClaimedWhenItIsDueAndGoneWhenItIsSent() {
    applied(item("n1", Duration.ofSeconds(5)));
    assertThat(claim(), is(empty()));
    clock.advance(Duration.ofSeconds(5));

    QueueItem item = claim().get(0);

    assertThat(item.id(), is("n1"));
    assertThat(item.recipient(), is("@bob"));
    assertThat(new String(item.payload()), is("payload n1"));
    assertThat(item.attempts(), is(1));
    assertThat(value(alice.queued()), is(1L));
    value(alice.settle(item, new QueueOutcome.Sent()));
    assertThat(value(alice.queued()), is(0L));
    clock.advance(LEASE);
    assertThat(claim(), is(empty()));
  }

  @Test
  public void aClaimedItemIsNotClaimedAgainBeforeItsLeaseEnds() {
    applied(item("n1", Duration.ZERO));
    QueueItem first = claim().get(0);
    assertThat(claim(), is(empty()));

    clock.advance(LEASE);

    QueueItem second = claim().get(0);
    assertThat(second.attempts(), is(2));
    assertThat(second.token(), is(not(first.token())));
  }

  @Test
  public void aStaleTokenChangesNothing() {
    applied(item("n1", Duration.ZERO));
    QueueItem first = claim().get(0);
    clock.advance(LEASE);
    QueueItem second = claim().get(0);

    value(alice.settle(first, new QueueOutcome.Dead()));

    assertThat(value(alice.queued()), is(1L));
    value(alice.settle(second, new QueueOutcome.Sent()));
    assertThat(value(alice.queued()), is(0L));
  }

  @Test
  public void anItemToBeTriedAgainComesBackAtItsTime() {
    applied(item("n1", Duration.ZERO));
    value(
        alice.settle(
            claim().get(0), new QueueOutcome.Retry(clock.instant().plus(Duration.ofMinutes(2)))));
    clock.advance(Duration.ofMinutes(1));
    assertThat(claim(), is(empty()));

    clock.advance(Duration.ofMinutes(1));

    assertThat(claim().get(0).attempts(), is(2));
  }

  @Test
  public void anItemGivenUpIsGone() {
    applied(item("n1", Duration.ZERO));
    value(alice.settle(claim().get(0), new QueueOutcome.Dead()));
    assertThat(value(alice.queued()), is(0L));
  }

  @Test
  public void anExpiredItemIsDroppedUnsent() {
    applied(item("n1", Duration.ZERO));
    clock.advance(Duration.ofDays(2));
    assertThat(claim(), is(empty()));
    assertThat(value(alice.queued()), is(0L));
  }

  @Test
  public void aRefusedBatchSendsNothing() {
    applied(put("k", "v"));

    BatchResult result =
        apply(item("n1", Duration.ZERO), put("k", "v", StoreChange.Precondition.ABSENT));

    assertThat(result, is(new BatchResult.Refused(1, "k")));
    assertThat(value(alice.queued()), is(0L));
  }

  @Test
  public void itemsAndClaimsOutliveReopening() {
    applied(item("n1", Duration.ZERO), item("n2", Duration.ofSeconds(1)));
    QueueItem claimed = claim().get(0);

    reopen();

    clock.advance(Duration.ofSeconds(1));
    assertThat(claim().get(0).id(), is("n2"));
    value(alice.settle(claimed, new QueueOutcome.Sent()));
    assertThat(value(alice.queued()), is(1L));
  }

  private List<QueueItem> claim() {
    return value(alice.claim(10, LEASE));
  }

  private StoreChange item(String id, Duration delay) {
    return new StoreChange.Enqueue(
        id,
        "@bob",
        bytes("payload " + id),
        clock.instant().plus(delay),
        clock.instant().plus(Duration.ofDays(1)));
  }
}
