package com.example.opa;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.noports.testkit.Stages.failure;
import static org.noports.testkit.Stages.value;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.tunnel.Level;
import org.noports.testkit.policy.PolicyEvaluatorContract;

/** What is asked of every evaluator, and that what OPA does not permit is not permitted. */
public class OpaEvaluatorTest extends PolicyEvaluatorContract {
  private static final AccessRequest QUESTION = question("localhost:22");

  @Rule public final StandIn opa = new StandIn();
  private final OpaEvaluator evaluator = new OpaEvaluator();

  /** What the settings are, and how long an answer may take. */
  private record Settings(String url, String path, int answerMillis)
      implements OpaEvaluator.Config {
    @Override
    public int connectMillis() {
      return 3000;
    }

    @Override
    public int againSeconds() {
      return 60;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return OpaEvaluator.Config.class;
    }
  }

  @After
  public void stop() {
    evaluator.stop();
  }

  @Override
  protected PolicyEvaluator evaluator() {
    return asking("noports/decision");
  }

  private OpaEvaluator asking(String path) {
    evaluator.configure(new Settings(opa.url(), path, 4000));
    return evaluator;
  }

  private Decision decided(String path) {
    return value(asking(path).decide(QUESTION));
  }

  /** Says why nothing was decided; a device refuses then. */
  private String undecided(String path) {
    return failure(Exception.class, asking(path).decide(QUESTION)).toString();
  }

  @Test
  public void aQuestionIsPutAsTheDataApiWantsIt() throws Exception {
    AccessRequest full =
        QUESTION.under(
            QUESTION
                .circumstances()
                .tagged(Set.of("eu"))
                .resolved(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))
                .protectedBy(Level.L3)
                .claimed(Optional.of("Europe/Berlin")));
    value(evaluator().decide(full));
    assertEquals(
        List.of(
            "POST /v1/data/noports/decision application/json {\"input\":{\"client\":\"@alice\","
                + "\"device\":{\"atsign\":\"@device\",\"name\":\"dev1\",\"group\":\"pumps\","
                + "\"tags\":[\"eu\"]},\"request\":{\"kind\":\"tunnel\",\"host\":\"localhost\","
                + "\"port\":22,\"address\":\"127.0.0.1\",\"level\":\"L3\"},"
                + "\"observed\":{\"pending\":false},\"at\":\"2026-11-20T12:00:00Z\","
                + "\"claimed_zone\":\"Europe/Berlin\"}}"),
        opa.asked);
  }

  @Test
  public void truePermitsWhatWasAskedAloneUntilItIsAskedAgain() {
    Decision.Permit permit = (Decision.Permit) decided("noports/decision");
    assertEquals("opa:noports/decision", permit.rule());
    assertEquals(PermitOpen.listOf("localhost:22"), permit.permitOpen());
    assertEquals(Optional.of(QUESTION.circumstances().at().plusSeconds(60)), permit.until());
    assertEquals(Health.Status.OK, evaluator.check().status());
  }

  @Test
  public void falseDenies() {
    Decision no = value(evaluator().decide(question("localhost:23")));
    assertEquals(new Decision.Deny("opa:noports/decision", "OPA denies"), no);
  }

  @Test
  public void anUndefinedDocumentDenies() {
    assertTrue(decided("noports/nowhere") instanceof Decision.Deny);
  }

  @Test
  public void anObjectMayNameItsRuleItsReasonAndDuties() {
    Decision.Permit permit = (Decision.Permit) decided("noports/duties");
    assertEquals("opa:noports/duties/night", permit.rule());
    assertEquals(Optional.of(Duration.ofHours(1)), permit.obligations().maxSession());
    assertTrue(permit.require().secrecy());
    assertEquals(
        new Decision.Deny("opa:noports/reason", "not at night"), decided("noports/reason"));
  }

  @Test
  public void aDutyThatNobodyKnowsIsNoPermit() {
    assertTrue(undecided("noports/unknown"), undecided("noports/unknown").contains("other keys"));
  }

  @Test
  public void whatNobodyUnderstandsDecidesNothing() {
    for (String path : List.of("text", "nojson", "long", "moved", "broken")) {
      assertFalse(path, undecided("noports/" + path).isEmpty());
      assertEquals(path, Health.Status.DEGRADED, evaluator.check().status());
    }
    assertEquals("nobody was asked elsewhere", 5, opa.asked.size());
  }

  @Test
  public void oneThatDoesNotAnswerInTimeDecidesNothingAndHoldsUpNobody() {
    for (String path : List.of("noports/never", "noports/half")) {
      evaluator.configure(new Settings(opa.url(), path, 500));
      CompletableFuture<Decision> asked = evaluator.decide(QUESTION).toCompletableFuture();
      assertTrue(path, failure(Exception.class, asked).toString().contains("TimeoutException"));
      assertTrue(evaluator.check().message(), evaluator.check().message().contains(path));
    }
  }

  @Test
  public void oneThatIsNotThereDecidesNothingUntilItIs() throws Exception {
    int nobody;
    try (ServerSocket freed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = freed.getLocalPort();
    }
    evaluator.configure(new Settings("http://127.0.0.1:" + nobody, "noports/decision", 4000));
    assertTrue(failure(Exception.class, evaluator.decide(QUESTION)) instanceof IOException);
    assertEquals(Health.Status.DEGRADED, evaluator.check().status());
    assertTrue(decided("noports/decision") instanceof Decision.Permit);
    assertEquals(Health.Status.OK, evaluator.check().status());
  }

  @Test
  public void aConfigurationThatSaysNoAddressDeniesAndIsShown() {
    evaluator.configure(new Settings("127.0.0.1:8181", "noports/decision", 2000));
    assertTrue(value(evaluator.decide(QUESTION)) instanceof Decision.Deny);
    assertEquals(Health.Status.DOWN, evaluator.check().status());
    evaluator.configure(new Settings(opa.url(), "../v1/policies", 2000));
    assertTrue(value(evaluator.decide(QUESTION)) instanceof Decision.Deny);
    evaluator.configure(new Settings(opa.url(), "noports/decision", 60_000));
    assertTrue(evaluator.check().message(), evaluator.check().message().contains("answerMillis"));
  }
}
