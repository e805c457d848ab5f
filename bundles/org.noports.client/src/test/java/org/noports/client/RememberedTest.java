package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

/** For how long an answer is believed. */
public class RememberedTest {
  private final AtomicLong clock = new AtomicLong();
  private final Remembered<String, Integer> remembered = new Remembered<>(clock::get);
  private int asked;

  private Optional<Integer> ask(CompletionStage<Integer> answer) {
    return Remembered.soFar(
        remembered.answer(
            "far",
            () -> {
              asked++;
              return answer;
            }));
  }

  private static CompletionStage<Integer> known(int value) {
    return CompletableFuture.completedFuture(value);
  }

  private void later(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  public void anAnswerIsBelievedForItsTime() {
    assertThat(ask(known(1)), is(Optional.of(1)));
    later(Remembered.ANSWERED);
    assertThat(ask(known(2)), is(Optional.of(1)));
    later(Duration.ofNanos(1));
    assertThat(ask(known(3)), is(Optional.of(3)));
    assertThat(asked, is(2));
  }

  @Test
  public void silenceIsBelievedForLess() {
    assertThat(ask(CompletableFuture.failedFuture(new Exception())), is(Optional.empty()));
    later(Remembered.UNANSWERED);
    assertThat(ask(known(2)), is(Optional.empty()));
    later(Duration.ofNanos(1));
    assertThat(ask(known(3)), is(Optional.of(3)));
  }

  @Test
  public void aQuestionThatIsUnderWayIsNotAskedAgain() {
    CompletableFuture<Integer> open = new CompletableFuture<>();
    assertThat(ask(open), is(Optional.empty()));
    assertThat(ask(known(2)), is(Optional.empty()));
    open.complete(1);
    assertThat(ask(known(3)), is(Optional.of(1)));
    assertThat(asked, is(1));
  }

  @Test
  public void whatCannotBeAskedFailsLikeWhatIsNotAnswered() {
    CompletableFuture<Integer> broken =
        remembered.answer(
            "far",
            () -> {
              throw new IllegalStateException("broken");
            });
    assertThat(broken.isCompletedExceptionally(), is(true));
    later(Remembered.UNANSWERED.plusNanos(1));
    assertThat(ask(known(1)), is(Optional.of(1)));
  }

  @Test
  public void whoeverAsksCannotEndTheQuestionForOthers() {
    CompletableFuture<Integer> open = new CompletableFuture<>();
    remembered.answer("far", () -> open).cancel(true);
    open.complete(1);
    assertThat(ask(known(2)), is(Optional.of(1)));
  }
}
