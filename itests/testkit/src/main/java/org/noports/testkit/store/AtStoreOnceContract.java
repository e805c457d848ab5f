package org.noports.testkit.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.noports.api.StoreFailed;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;

/** Batches that nobody repeats, and those that are gathered until the store takes them. */
public abstract class AtStoreOnceContract extends StoreFixture {
  private static final int BATCHES = 50;

  @Test
  public void whatNobodyRepeatsIsAppliedEachTime() {
    List<StoreChange> batch = List.of(put("key", "v"));

    BatchResult first = value(alice.apply(batch, early -> {}));
    BatchResult second = value(alice.apply(batch, early -> {}));

    assertThat(first, equalTo(new BatchResult.Applied(List.of(1L))));
    assertThat(second, equalTo(new BatchResult.Applied(List.of(2L))));
  }

  @Test
  public void aChangeThatNobodyRepeatsBuildsOnWhatIsThere() {
    applied(put("key", "1"));

    value(
        alice.change(
            "key", 1, found -> List.of(put("key", new String(found.get().value()) + "2"))));

    assertThat(read("key"), is(Optional.of("12")));
  }

  @Test
  public void whatIsGatheredIsAskedForOnceAndCanBeReadWhenItIsAnswered() {
    AtomicInteger asked = new AtomicInteger();
    List<CompletionStage<BatchResult>> answers = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      String key = "key" + i;
      answers.add(
          alice.gathered(
              10,
              () -> {
                asked.incrementAndGet();
                return List.of(put(key, "v"), put(key + "too", "v"));
              }));
    }
    for (int i = 0; i < BATCHES; i++) {
      assertThat(value(answers.get(i)), is(instanceOf(BatchResult.Applied.class)));
      assertThat(read("key" + i + "too"), is(Optional.of("v")));
    }
    assertThat(asked.get(), is(BATCHES));
  }

  @Test
  public void whoGathersInVainFailsAlone() {
    CompletionStage<BatchResult> before = alice.gathered(1, () -> List.of(put("a", "1")));
    CompletionStage<BatchResult> none =
        alice.gathered(
            1,
            () -> {
              throw new IllegalArgumentException("no");
            });
    CompletionStage<BatchResult> after = alice.gathered(1, () -> List.of(put("b", "1")));

    assertThat(failure(IllegalArgumentException.class, none).getMessage(), is("no"));
    assertThat(value(before), is(instanceOf(BatchResult.Applied.class)));
    assertThat(value(after), is(instanceOf(BatchResult.Applied.class)));
  }

  @Test
  public void whatWasGatheredIsThereAfterReopening() {
    value(alice.gathered(1, () -> List.of(put("a", "1"))));
    reopen();
    assertThat(read("a"), is(Optional.of("1")));
  }

  @Test
  public void aStoreThatIsOpenIsSoundIfItKnowsAndAClosedOneTakesNothing() {
    value(alice.gathered(1, () -> List.of(put("a", "1"))));
    boolean open = alice.isSound();
    close(store);

    boolean closed = alice.isSound();
    failure(StoreFailed.class, alice.gathered(1, () -> List.of(put("b", "1"))));
    openStore();

    assertThat(open || !closed, is(true));
    assertThat(closed, is(false));
  }
}
