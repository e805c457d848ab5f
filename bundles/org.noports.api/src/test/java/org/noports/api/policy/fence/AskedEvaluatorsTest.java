package org.noports.api.policy.fence;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.After;
import org.junit.Test;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;

public class AskedEvaluatorsTest {
  private static final PlugIn FOREIGN = new PlugIn("com.example.hours", "1.0.0", 1);

  private final List<ExecutorService> made = new ArrayList<>();
  private final AskedEvaluators asked =
      new AskedEvaluators(
          new Fences(
              new Fences.Owner() {
                @Override
                public ExecutorService threads(String evaluator) {
                  made.add(Executors.newFixedThreadPool(1));
                  return made.get(made.size() - 1);
                }

                @Override
                public void quarantined(PlugIn bundle, String why) {}
              }),
          () -> {});

  @After
  public void stop() {
    made.forEach(ExecutorService::shutdownNow);
  }

  /** What a record would be, if its components had code of their own. */
  private static final class Touchy implements PolicyEvaluator {
    @Override
    public CompletionStage<Decision> decide(AccessRequest request) {
      return CompletableFuture.completedFuture(new Decision.Deny("closed", "it is Sunday"));
    }

    @Override
    public boolean equals(Object other) {
      throw new AssertionError("its code, on the thread of whoever binds it");
    }

    @Override
    public int hashCode() {
      throw new AssertionError("its code, on the thread of whoever binds it");
    }
  }

  private record Equal(String why) implements PolicyEvaluator {
    @Override
    public CompletionStage<Decision> decide(AccessRequest request) {
      return CompletableFuture.completedFuture(new Decision.Deny("closed", why));
    }
  }

  @Test
  public void whatAPlugInSaysItEqualsIsAskedOfNobody() {
    PolicyEvaluator first = new Touchy();
    PolicyEvaluator second = new Touchy();
    asked.arrived(FOREIGN, "first", first);
    asked.arrived(FOREIGN, "second", second);
    asked.left(first);
    assertEquals(List.of("second"), asked.all().stream().map(Asked::name).toList());
    asked.left(second);
    assertEquals(List.of(), asked.all());
  }

  @Test
  public void ofTwoThatAreEqualTheOneThatLeavesIsLetGoOf() {
    PolicyEvaluator before = new Equal("it is Sunday");
    asked.arrived(FOREIGN, "hours", before);
    asked.arrived(FOREIGN, "hours", new Equal("it is Sunday"));
    asked.left(before);
    assertEquals(1, asked.all().size());
    assertTrue("its threads end", made.get(0).isShutdown());
    assertFalse("those of the other stay", made.get(1).isShutdown());
    asked.left(before);
    assertEquals("it has left before", 1, asked.all().size());
  }
}
