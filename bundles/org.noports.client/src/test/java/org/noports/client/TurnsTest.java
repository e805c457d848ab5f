package org.noports.client;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.Test;

/** Sessions that lose their links all at once, and ask for others one after the other. */
public class TurnsTest {
  private final List<Runnable> slow = new ArrayList<>();
  private final Turns turns = new Turns(2, Runnable::run, slow::add);
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  private CompletableFuture<String> take() {
    return turns
        .take(
            () -> {
              CompletableFuture<String> task = new CompletableFuture<>();
              begun.add(task);
              return task;
            })
        .toCompletableFuture();
  }

  @Test
  public void whoComesFirstIsServedFirstAndNoMoreThanSoManyAtOnce() {
    List<CompletableFuture<String>> results = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      results.add(take());
    }
    assertEquals("two at once", 2, begun.size());
    begun.get(1).complete("second");
    assertEquals("second", results.get(1).join());
    assertFalse(results.get(0).isDone());
    assertEquals("the third has its turn", 3, begun.size());
    begun.get(2).complete("third");
    assertEquals("third", results.get(2).join());
  }

  @Test
  public void oneThatFailsGivesItsTurnToTheNext() {
    CompletableFuture<String> first = take();
    take();
    take();
    begun.get(0).completeExceptionally(new CompletionException(new IllegalStateException("no")));
    assertTrue(first.isCompletedExceptionally());
    assertEquals(3, begun.size());
  }

  @Test
  public void aTurnThatNobodyWaitsForIsThereForWhoComesLater() {
    take();
    take();
    begun.forEach(task -> task.complete("done"));
    begun.clear();
    take();
    take();
    take();
    assertEquals(2, begun.size());
  }

  @Test
  public void oneThatTakesLongKeepsNobodyWaitingAndGivesItsTurnBackOnce() {
    CompletableFuture<String> first = take();
    take();
    take();
    slow.get(0).run();
    assertEquals("the third has its turn", 3, begun.size());
    begun.get(0).complete("late");
    assertEquals("late", first.join());
    take();
    assertEquals("and nobody else", 3, begun.size());
  }
}
