package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.testkit.Eventually;

/** What evaluators that disagree, fail, or oblige mean for each address and each stream. */
public class GuardedStreamsTest {
  private static final Target THERE = Target.of("192.0.2.1:80");
  private static final StreamRequest TO_THERE = new StreamRequest.Connect(THERE);

  @Rule public final TestDevice test = new TestDevice();
  private final Ruler ruler = new Ruler();

  private ScriptedClient start(String permitOpen) throws Exception {
    test.neighbours.unbindPolicy(test.policy);
    test.neighbours.bindPolicy(ruler, Map.of(PolicyEvaluator.NAME, "ruler"));
    TestDevice.Config config = new TestDevice.Config();
    config.permitOpen = permitOpen;
    test.start(config);
    return new ScriptedClient(test.world, "@alice");
  }

  private StreamGate open() throws Exception {
    ScriptedClient alice = start("*:*");
    alice.ask(alice.request(SessionId.random()));
    alice.hear();
    return test.ends.opened().get(0).gate().orElseThrow();
  }

  private static StreamGate.Answer value(CompletionStage<StreamGate.Answer> answer)
      throws Exception {
    return answer.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static StreamGate.Answer again(StreamGate gate) throws Exception {
    return value(gate.again(TO_THERE, List.of(InetAddress.getByName("192.0.2.1"))));
  }

  private static boolean isThere(AccessRequest request) {
    return request.target().equals(Optional.of(THERE));
  }

  private static Policy.Answer answer(RequestKind kind, String address, String permitOpen)
      throws Exception {
    AccessRequest request =
        new AccessRequest(
            AtSign.of("@alice"),
            new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
            "__none__",
            kind,
            Optional.of(Target.of("host:22")),
            Circumstances.at(Instant.EPOCH).resolved(InetAddress.getByName(address)));
    return new Policy.Answer(request, new Decision.Permit("rule", PermitOpen.listOf(permitOpen)));
  }

  @Test
  public void anAddressIsNotDialledForWhichThePermitNamesOtherPlaces() throws Exception {
    for (RequestKind kind : List.of(RequestKind.TUNNEL, RequestKind.SSH)) {
      List<Policy.Answer> answers =
          List.of(
              answer(kind, "192.0.2.1", "elsewhere:5900"),
              answer(kind, "10.0.0.1", "elsewhere:5900,host:22"));
      assertThat(
          kind.toString(),
          Policy.ruled(answers).orElseThrow().addresses(),
          is(List.of(InetAddress.getByName("10.0.0.1"))));
    }
  }

  @Test
  public void aProhibitionCountsThoughAnotherEvaluatorFails() throws Exception {
    StreamGate gate = open();
    PolicyEvaluator broken =
        request -> {
          throw new IllegalStateException("broken");
        };
    test.neighbours.bindPolicy(broken, Map.of(PolicyEvaluator.NAME, "broken"));
    ruler.rule = request -> new Decision.Deny("withdrawn", "not any more");
    assertThat(((StreamGate.Refused) again(gate)).reason(), containsString("rule 'withdrawn'"));
  }

  @Test
  public void aStreamOfWhichNobodyCouldSayIsAskedForAgain() throws Exception {
    StreamGate gate = open();
    ruler.rule =
        request -> {
          if (isThere(request)) {
            throw new IllegalStateException("broken");
          }
          return Ruler.permit(Obligations.NONE, null);
        };
    int reviews = gate.reviews();
    assertThat(again(gate), instanceOf(StreamGate.Admitted.class));
    Eventually.holds(() -> gate.reviews() > reviews);
    Eventually.holds(() -> test.ends.opened().get(0).reviews() > 0);
  }

  @Test
  public void aStreamIsRefusedWhenTheSessionHasLastedAsLongAsTheStreamsRulePermits()
      throws Exception {
    StreamGate gate = open();
    Obligations brief = new Obligations(Requirement.NONE, Optional.of(Duration.ofMillis(1)), false);
    ruler.rule = request -> Ruler.permit(isThere(request) ? brief : Obligations.NONE, null);
    Eventually.holds(() -> value(gate.admit(TO_THERE)) instanceof StreamGate.Refused);
    assertThat(
        ((StreamGate.Refused) again(gate)).reason(), containsString("obligation-max-session"));
    assertThat(test.device.running().size(), is(1));
  }

  @Test
  public void aNameThatTheDeviceOpensForNobodyIsNotLookedUp() throws Exception {
    ScriptedClient alice = start("localhost:3389");
    alice.ask(alice.request(SessionId.random()));
    assertThat(alice.hear().value(), containsString("localhost:22 denied"));
    assertThat(ruler.asked.get(0).circumstances().address(), is(Optional.empty()));
  }
}
