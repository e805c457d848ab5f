package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.testkit.Eventually;
import org.osgi.framework.Constants;

/** Evaluators of third parties, beside the device's own. */
public final class ForeignEvaluatorsTest {
  private static final Map<String, Object> FOREIGN =
      Map.of(PolicyEvaluator.NAME, "hours", Constants.SERVICE_BUNDLEID, 7L);

  @Rule public final TestDevice test = new TestDevice();
  private final CountDownLatch end = new CountDownLatch(1);
  private ScriptedClient alice;

  @Before
  public void aDeviceThatWaitsASecond() throws Exception {
    alice = new ScriptedClient(test.world, "@alice");
    TestDevice.Config config = new TestDevice.Config();
    config.policyTimeoutSeconds = 1;
    test.start(config);
  }

  @After
  public void whatHangsEnds() {
    end.countDown();
  }

  private CompletionStage<Decision> hang() {
    boolean over = false;
    while (!over) {
      try {
        end.await();
        over = true;
      } catch (InterruptedException e) {
        // As code does that knows nothing of interrupts.
      }
    }
    return new CompletableFuture<>();
  }

  private List<String> refusals() {
    return test.audit.events(Receipts.REFUSED).stream()
        .map(event -> event.details().get("rule"))
        .toList();
  }

  private void opens() throws Exception {
    int before = test.ends.opened().size();
    alice.ask(alice.request(SessionId.random()));
    Eventually.holds(() -> test.ends.opened().size() > before);
  }

  @Test
  public void oneThatHangsDeniesAndHoldsUpNobodyWhenItHasGone() throws Exception {
    PolicyEvaluator hanging = request -> hang();
    test.neighbours.bindPolicy(hanging, FOREIGN);
    for (int i = 0; i < 6; i++) {
      alice.ask(alice.request(SessionId.random()));
    }
    Eventually.holds(() -> refusals().size() == 6);
    assertThat(refusals(), everyItem(is("policy-timeout")));
    test.neighbours.unbindPolicy(hanging);
    opens();
  }

  @Test
  public void oneThatThrowsDeniesAndIsShownUntilItDecides() throws Exception {
    CompletableFuture<Decision> open =
        CompletableFuture.completedFuture(new Decision.Abstain("hours", "it is open"));
    CountDownLatch mended = new CountDownLatch(1);
    test.neighbours.bindPolicy(
        request -> {
          if (mended.getCount() > 0) {
            throw new IllegalStateException("not today");
          }
          return open;
        },
        FOREIGN);
    alice.ask(alice.request(SessionId.random()));
    Eventually.holds(() -> refusals().equals(List.of("policy-error")));
    Health health = test.neighbours.check();
    assertThat(health.status(), is(Health.Status.DEGRADED));
    assertThat(health.message(), containsString("policy evaluator hours: bundle 7"));
    assertThat(health.message(), containsString("not today"));
    mended.countDown();
    opens();
    assertThat(test.neighbours.check(), is(Health.ok("Asks hours, managers")));
  }

  /** Equal to every other of these, as records are. */
  private record Closed(String why) implements PolicyEvaluator {
    @Override
    public CompletionStage<Decision> decide(AccessRequest request) {
      return CompletableFuture.completedFuture(new Decision.Deny("closed", why));
    }
  }

  @Test
  public void oneThatItsEqualReplacesIsAskedWhenTheFirstHasLeft() throws Exception {
    Closed before = new Closed("it is Sunday");
    Closed after = new Closed("it is Sunday");
    test.neighbours.bindPolicy(before, FOREIGN);
    test.neighbours.bindPolicy(after, FOREIGN);
    test.neighbours.unbindPolicy(before);
    alice.ask(alice.request(SessionId.random()));
    Eventually.holds(() -> refusals().equals(List.of("closed")));
    test.neighbours.unbindPolicy(after);
    opens();
  }

  @Test
  public void whatRunsEndsWhenOneSaysSo() throws Exception {
    Ruler ruler = new Ruler();
    test.neighbours.bindPolicy(ruler, FOREIGN);
    opens();
    Eventually.holds(() -> !ruler.listeners.isEmpty());
    ruler.rules(request -> new Decision.Deny("closed", "it is evening"));
    Eventually.holds(() -> test.ends.opened().get(0).isOver());
    assertThat(
        test.audit.events(Receipts.ENDED).get(0).details().get("reason"),
        containsString("rule 'closed'"));
  }
}
