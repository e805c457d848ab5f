package org.noports.atserver.host;

import static org.junit.Assert.assertEquals;
import static org.noports.testkit.Stages.value;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.After;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.store.AtSignStore;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.CommitOp;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.verb.MetadataChange;

/** Fifty connections that change one key at once. */
public class SameKeyTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final int WRITERS = 50;

  /** Answers as a store does whose disk is slow: in order, and after all have asked. */
  private final ExecutorService answers = Executors.newSingleThreadExecutor();

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtSignStore store = slow(new FakeAtSignStore(ALICE, Clock.systemUTC()));
  private final Records records = new Records(() -> Optional.of(store));

  @After
  public void stop() {
    answers.shutdownNow();
  }

  private AtSignStore slow(AtSignStore fast) {
    return (AtSignStore)
        Proxy.newProxyInstance(
            AtSignStore.class.getClassLoader(),
            new Class<?>[] {AtSignStore.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(fast, arguments);
              return answer instanceof CompletionStage<?> stage
                  ? stage.thenApplyAsync(value -> value, answers)
                  : answer;
            });
  }

  @Test
  public void allAreAnsweredAndNoStepIsLost() {
    answers.execute(this::untilAllHaveAsked);
    List<CompletionStage<Long>> changes = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      changes.add(
          records.change("counter@alice", CommitOp.VALUE, 1, this::next, kept -> List.of()));
    }
    asked.countDown();
    changes.forEach(change -> value(change));
    String counter = value(records.get("counter@alice")).orElseThrow().value();
    assertEquals(Integer.toString(WRITERS), counter);
  }

  private void untilAllHaveAsked() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AtRecord next(Optional<AtRecord> before) {
    int count = before.map(record -> Integer.parseInt(record.value())).orElse(0) + 1;
    return new AtRecord(
        "counter@alice",
        Integer.toString(count),
        MetadataChange.NONE.store(Optional.empty(), ALICE, store.now()),
        0);
  }
}
