package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.testkit.Eventually;

/** What becomes of sessions that run when what permitted them changes. */
public class ReviewSessionsTest {
  @Rule public final TestDevice test = new TestDevice();

  private final Ruler ruler = new Ruler();
  private ScriptedClient alice;

  @Before
  public void ruled() throws Exception {
    test.neighbours.unbindPolicy(test.policy);
    test.neighbours.bindPolicy(ruler, Map.of(PolicyEvaluator.NAME, "ruler"));
    TestDevice.Config config = new TestDevice.Config();
    config.permitOpen = "*:*";
    config.tags = "plant, north";
    test.start(config);
    alice = new ScriptedClient(test.world, "@alice");
  }

  private SessionId open() throws Exception {
    SessionId id = SessionId.random();
    alice.ask(alice.request(id));
    alice.hear();
    assertThat(test.device.running(), hasSize(1));
    return id;
  }

  private String whyItEnded() throws Exception {
    Eventually.holds(() -> !test.audit.events(Receipts.ENDED).isEmpty());
    assertThat(test.device.running(), hasSize(0));
    return test.audit.events(Receipts.ENDED).get(0).details().get("reason");
  }

  private StreamGate gate() {
    return test.ends.opened().get(0).gate().orElseThrow();
  }

  private static Obligations lasting(Duration most) {
    return new Obligations(Requirement.NONE, Optional.of(most), false);
  }

  @Test
  public void theRulesHearOfEachAddressAndWhatTheDeviceIs() throws Exception {
    open();
    List<InetAddress> loopback = List.of(InetAddress.getAllByName("localhost"));
    assertThat(ruler.asked, hasSize(loopback.size()));
    AccessRequest first = ruler.asked.get(0);
    assertThat(first.circumstances().deviceTags(), is(Set.of("plant", "north")));
    assertThat(first.circumstances().address(), is(Optional.of(loopback.get(0))));
    assertThat(first.circumstances().observed().pending(), is(false));
    assertThat(first.circumstances().level().isPresent(), is(true));
    PastDecision kept = PastDecision.of(test.audit.events(PastDecision.EVENT).get(0).details());
    assertThat(kept.request().target(), is(Optional.of(Target.of("localhost:22"))));
    assertThat(kept.decision().revision(), is("r1"));
  }

  @Test
  public void onlyAddressesThatArePermittedAreDialled() throws Exception {
    open();
    ruler.rules(
        request ->
            request.circumstances().address().filter(InetAddress::isLoopbackAddress).isPresent()
                ? new Decision.Deny("no-loopback", "not here")
                : Ruler.permit(Obligations.NONE, null));
    StreamRequest literal = new StreamRequest.Connect(Target.of("192.0.2.1:80"));
    StreamGate.Answer answer =
        gate().admit(literal).toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(
        answer, is(new StreamGate.Admitted("ruler", List.of(InetAddress.getByName("192.0.2.1")))));
    StreamRequest home = new StreamRequest.Connect(Target.of("127.0.0.1:80"));
    assertThat(
        gate().admit(home).toCompletableFuture().get(30, TimeUnit.SECONDS),
        instanceOf(StreamGate.Refused.class));
  }

  @Test
  public void aPermissionThatIsWithdrawnEndsTheSession() throws Exception {
    open();
    ruler.rules(request -> new Decision.Deny("night", "it is night"));
    assertThat(whyItEnded(), containsString("it is not permitted any more: rule 'night'"));
  }

  @Test
  public void aChangeThatStillPermitsEndsNothing() throws Exception {
    SessionId id = open();
    int before = ruler.asked.size();
    ruler.rules(
        request -> new Decision.Permit("another", List.of(PermitOpen.ANY), Requirement.NONE));
    Eventually.holds(() -> test.device.running().get(0).rule().equals(Optional.of("another")));
    assertThat(test.device.running().get(0).id(), is(id));
    assertThat(ruler.asked.size(), not(before));
  }

  @Test
  public void aPermitWhoseTimeIsOverIsAskedForAgain() throws Exception {
    ruler.rule = request -> Ruler.permit(Obligations.NONE, Instant.EPOCH);
    open();
    ruler.rule = request -> new Decision.Abstain("default-deny", "the hour is over");
    assertThat(whyItEnded(), containsString("rule 'default-deny', the hour is over"));
  }

  @Test
  public void aSessionEndsThatHasLastedAsLongAsItMay() throws Exception {
    ruler.rule = request -> Ruler.permit(lasting(Duration.ofMillis(1)), null);
    SessionId id = SessionId.random();
    alice.ask(alice.request(id));
    Eventually.holds(() -> !test.audit.events(Receipts.ENDED).isEmpty());
    assertThat(whyItEnded(), is("it has lasted as long as rule 'ruler' permits"));
  }

  @Test
  public void anObligationThatNobodyHereFulfilsDenies() throws Exception {
    ruler.rule =
        request -> Ruler.permit(new Obligations(Requirement.NONE, Optional.empty(), true), null);
    alice.ask(alice.request(SessionId.random()));
    assertThat(alice.hear().value(), containsString("only with the obligation 'record'"));
    ruler.rule =
        request ->
            Ruler.permit(
                new Obligations(Requirement.NONE, Optional.empty(), false, Set.of("two-eyes")),
                null);
    alice.ask(alice.request(SessionId.random()));
    assertThat(alice.hear().value(), containsString("'two-eyes', which this device cannot"));
    assertThat(test.ends.opened(), hasSize(0));
  }

  @Test
  public void whomThePolicyKnowsIsToldWhichRuleRefusesAndNotWhy() throws Exception {
    ruler.rule = request -> new Decision.Deny("night", "the guards sleep");
    alice.ask(alice.request(SessionId.random()));
    String told = alice.hear().value();
    assertThat(told, is("Not permitted by rule 'night' of the policy of dev1@device"));
    ScriptedClient mallory = new ScriptedClient(test.world, "@mallory");
    mallory.ask(mallory.request(SessionId.random()));
    Eventually.holds(() -> test.audit.events(Receipts.REFUSED).size() == 2);
    assertThat(mallory.heardNothing(), is(true));
  }

  @Test
  public void aDeviceThatDoesNotTellIsSilentToThoseWhomThePolicyKnows() throws Exception {
    TestDevice.Config silent = new TestDevice.Config();
    silent.tellRefusals = false;
    test.device.configure(silent);
    ruler.rule = request -> new Decision.Deny("night", "the guards sleep");
    alice.ask(alice.request(SessionId.random()));
    Eventually.holds(() -> !test.audit.events(Receipts.REFUSED).isEmpty());
    assertThat(test.audit.events(Receipts.REFUSED).get(0).details().get("answered"), is("false"));
    assertThat(alice.heardNothing(), is(true));
  }

  /** Permits for an hour from now on, as a rule about {@code now} does. */
  private void openInOffice() throws Exception {
    Instant from = Instant.now().minusSeconds(60);
    Instant until = from.plus(Duration.ofHours(1));
    ruler.rule =
        request -> {
          Instant at = request.circumstances().at();
          return at.isBefore(from) || !at.isBefore(until)
              ? new Decision.Deny("hours", "it is " + at)
              : Ruler.permit(Obligations.NONE, until);
        };
    open();
  }

  @Test
  public void aClockThatIsSetForwardEndsWhatIsOverByIt() throws Exception {
    openInOffice();
    test.clock.set(Duration.ofHours(2));
    assertThat(whyItEnded(), containsString("rule 'hours'"));
  }

  @Test
  public void aClockThatIsSetBackHasAllAskedForAgainAndEndsWhatHasNotBegunByIt() throws Exception {
    openInOffice();
    int before = ruler.asked.size();
    test.clock.set(Duration.ofSeconds(-30));
    Eventually.holds(() -> ruler.asked.size() > before);
    assertThat("within its hours it stays", test.device.running(), hasSize(1));
    test.clock.set(Duration.ofDays(-1));
    assertThat(whyItEnded(), containsString("rule 'hours'"));
  }

  @Test
  public void aStreamWhosePermissionIsWithdrawnIsToldSoAndTheOthersStay() throws Exception {
    open();
    StreamRequest other = new StreamRequest.Connect(Target.of("192.0.2.1:80"));
    ruler.rules(
        request ->
            request.target().equals(Optional.of(Target.of("192.0.2.1:80")))
                ? new Decision.Deny("not-there", "closed")
                : Ruler.permit(Obligations.NONE, null));
    List<InetAddress> dialled = List.of(InetAddress.getByName("192.0.2.1"));
    StreamGate.Answer answer =
        gate().again(other, dialled).toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(((StreamGate.Refused) answer).reason(), containsString("rule 'not-there'"));
    StreamRequest own = new StreamRequest.Connect(Target.of("localhost:22"));
    assertThat(
        gate().again(own, List.of()).toCompletableFuture().get(30, TimeUnit.SECONDS),
        instanceOf(StreamGate.Admitted.class));
    assertThat(test.device.running(), hasSize(1));
  }

  @Test
  public void anEvaluatorThatIsReplacedCutsNothing() throws Exception {
    open();
    test.neighbours.unbindPolicy(ruler);
    test.neighbours.bindPolicy(ruler, Map.of(PolicyEvaluator.NAME, "ruler"));
    int before = ruler.asked.size();
    Eventually.holds(() -> ruler.asked.size() > before);
    assertThat(test.device.running(), hasSize(1));
  }

  @Test
  public void anEvaluatorThatCouldNotSayLeavesWhatRunsForAWhile() throws Exception {
    SessionId id = open();
    int each = ruler.asked.size();
    ruler.rules(request -> Decision.Deny.undecided("policy-unreachable", "it is silent"));
    // Asked for twice, so that what came of the first time is known.
    Eventually.holds(() -> ruler.asked.size() >= 3 * each);
    ruler.rules(
        request -> new Decision.Permit("another", List.of(PermitOpen.ANY), Requirement.NONE));
    Eventually.holds(() -> test.device.running().get(0).rule().equals(Optional.of("another")));
    assertThat(test.device.running().get(0).id(), is(id));
  }

  @Test
  public void aRuleMayBeCalledWhateverItLikesAndItsNoIsOne() throws Exception {
    open();
    ruler.rules(request -> new Decision.Deny("policy-error", "it is forbidden"));
    assertThat(whyItEnded(), containsString("any more: rule 'policy-error', it is forbidden"));
  }
}
