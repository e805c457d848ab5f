package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.Observed;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.relay.OtherSide;
import org.noports.api.relay.RelayCredential;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.relay.Sighting;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.RealKeys;

/** Rules that look at where a client is, which its relay tells when both links stand. */
public final class ObservedAddressTest {
  private static final RealKeys RELAY = RealKeys.of("@relay");
  private static final String PLANT = "192.0.2.7";
  private static final String HOME = "198.51.100.9";

  @Rule public final TestDevice test = new TestDevice();

  private final Ruler ruler = new Ruler();
  private final TestDevice.Config config = new TestDevice.Config();
  private ScriptedClient alice;

  @Before
  public void onlyFromThePlant() throws Exception {
    ruler.rule = ObservedAddressTest::plantOnly;
    test.world.with(RELAY);
    test.neighbours.unbindPolicy(test.policy);
    test.neighbours.bindPolicy(ruler, Map.of(PolicyEvaluator.NAME, "ruler"));
    config.observers = "@other, @relay";
    test.start(config);
    alice = new ScriptedClient(test.world, "@alice");
  }

  private static Decision plantOnly(AccessRequest request) {
    Observed observed = request.circumstances().observed();
    if (observed.pending()) {
      return new Decision.Later("plant-only", "where is it?", "r1");
    }
    return observed.address().equals(Optional.of(address(PLANT)))
        ? Ruler.permit(Obligations.NONE, null)
        : new Decision.Deny("plant-only", "not there");
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private SessionId ask() throws Exception {
    SessionId id = SessionId.random();
    alice.ask(byChallenge(id));
    return id;
  }

  private JsonObject byChallenge(SessionId id) throws Exception {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    String text = alice.request(id).toJson().toJson();
    return JsonObject.parse(
        "npt_request",
        text.replace(
            "\"relayAuthMode\":\"payload\",\"relayAuthAesKey\":null",
            "\"relayAuthMode\":\"escr\",\"relayAuthAesKey\":\"" + key + "\""));
  }

  /** Dials the relay as the tunnel does, and takes the question that it brings along. */
  private Optional<OtherSide> dialled() {
    int before = test.relay.dials().size();
    test.ends.opened().get(0).plan().leg().dial();
    return ((RelayCredential.ChallengeResponse) test.relay.dials().get(before).credential())
        .other();
  }

  private static String word(SessionId id, OtherSide asked, String from) {
    return word(RELAY, RELAY.atSign(), id, asked.nonce(), Optional.of(from));
  }

  private static String word(
      RealKeys signer, AtSign relay, SessionId id, String nonce, Optional<String> from) {
    return new Sighting(
            relay, id, AtSign.of("@alice"), nonce, from.map(ObservedAddressTest::address))
        .sign(signer::signAsEncryption);
  }

  private AccessRequest lastAsked() {
    return ruler.asked.get(ruler.asked.size() - 1);
  }

  @Test
  public void itIsDecidedWhenTheRelayHasToldAndNoSooner() throws Exception {
    SessionId id = ask();
    assertThat(alice.hear().value(), startsWith("{"));
    assertThat(lastAsked().circumstances().observed(), is(Observed.PENDING));
    assertThat(test.device.running().get(0).rule(), is(Optional.of("plant-only")));
    OtherSide asked = dialled().orElseThrow();
    Stages.value(asked.told(word(id, asked, PLANT)));
    assertThat(lastAsked().circumstances().observed().address(), is(Optional.of(address(PLANT))));
    assertThat(test.device.running().get(0).rule(), is(Optional.of("ruler")));
    Map<String, String> seen = test.audit.events(Receipts.OBSERVED).get(0).details();
    assertThat(seen.get("address"), is(PLANT));
    assertThat(seen.get("relay"), is("@relay"));
  }

  @Test
  public void fromElsewhereTheSessionEndsBeforeAByteHasPassed() throws Exception {
    SessionId id = ask();
    alice.hear();
    OtherSide asked = dialled().orElseThrow();
    Stages.failure(Exception.class, asked.told(word(id, asked, HOME)));
    Eventually.holds(() -> test.device.running().isEmpty());
    assertThat(
        test.audit.events(Receipts.ENDED).get(0).details().get("reason"),
        containsString("not permitted from where its client is: rule 'plant-only', not there"));
  }

  @Test
  public void anEndThatWaitsForTheLinkIsRefusedInTheRulesWords() throws Exception {
    CompletableFuture<Void> link = new CompletableFuture<>();
    test.ends.openAfter(link);
    SessionId id = ask();
    Eventually.holds(() -> !test.ends.asked().isEmpty());
    test.ends.asked().get(0).plan().leg().dial();
    OtherSide asked =
        ((RelayCredential.ChallengeResponse) test.relay.dials().get(0).credential())
            .other()
            .orElseThrow();
    Stages.failure(Exception.class, asked.told(word(id, asked, HOME)));
    link.completeExceptionally(new RelayUnavailable("the link was closed"));
    assertThat(
        alice.hear().value(),
        is("Not permitted by rule 'plant-only' of the policy of dev1@device"));
    assertThat(test.device.running(), hasSize(0));
  }

  @Test
  public void whatIsForgedCopiedOrAboutAnotherOpensNothingAndEndsNothing() throws Exception {
    SessionId id = ask();
    alice.hear();
    OtherSide asked = dialled().orElseThrow();
    String good = word(id, asked, PLANT);
    OtherSide later = dialled().orElseThrow();
    Optional<String> plant = Optional.of(PLANT);
    AtSign relay = RELAY.atSign();
    for (String bad :
        List.of(
            word(RealKeys.of("@mallory"), relay, id, later.nonce(), plant),
            word(RELAY, AtSign.of("@other"), id, later.nonce(), plant),
            word(RELAY, relay, SessionId.random(), later.nonce(), plant),
            good,
            good.replace(PLANT, HOME),
            "ok",
            "{}")) {
      Stages.failure(Exception.class, later.told(bad));
    }
    assertThat(test.device.running(), hasSize(1));
    assertThat(test.audit.events(Receipts.OBSERVED), hasSize(0));
  }

  @Test
  public void anotherLinkFromAnotherPlaceIsDecidedOnAgain() throws Exception {
    SessionId id = ask();
    alice.hear();
    OtherSide first = dialled().orElseThrow();
    Stages.value(first.told(word(id, first, PLANT)));
    int before = ruler.asked.size();
    OtherSide same = dialled().orElseThrow();
    Stages.value(same.told(word(id, same, PLANT)));
    assertThat("the place is known", ruler.asked.size(), is(before));
    OtherSide other = dialled().orElseThrow();
    Stages.failure(Exception.class, other.told(word(id, other, HOME)));
    Eventually.holds(() -> test.device.running().isEmpty());
  }

  @Test
  public void whatIsPermittedFromAnywhereIsNotAskedForTwice() throws Exception {
    ruler.rule = request -> Ruler.permit(Obligations.NONE, null);
    SessionId id = ask();
    alice.hear();
    int before = ruler.asked.size();
    OtherSide asked = dialled().orElseThrow();
    Stages.value(asked.told(word(id, asked, HOME)));
    assertThat(ruler.asked.size(), is(before));
    ruler.rules(ObservedAddressTest::plantOnly);
    Eventually.holds(() -> test.device.running().isEmpty());
  }

  @Test
  public void aReviewBeforeTheClientHasComeLeavesTheSessionWaiting() throws Exception {
    SessionId id = ask();
    alice.hear();
    int before = ruler.asked.size();
    ruler.rules(ObservedAddressTest::plantOnly);
    Eventually.holds(() -> ruler.asked.size() > before);
    OtherSide asked = dialled().orElseThrow();
    Stages.value(asked.told(word(id, asked, PLANT)));
    assertThat(test.device.running().get(0).rule(), is(Optional.of("ruler")));
  }

  @Test
  public void aRelayThatTellsNothingLeavesTheAttributeMissing() throws Exception {
    ask();
    alice.hear();
    Stages.failure(Exception.class, dialled().orElseThrow().untold());
    assertThat(lastAsked().circumstances().observed(), is(Observed.NOTHING));
    Eventually.holds(() -> test.device.running().isEmpty());
  }

  @Test
  public void aSocketThatProvedNothingHasNoAddress() throws Exception {
    SessionId id = ask();
    alice.hear();
    OtherSide asked = dialled().orElseThrow();
    Stages.failure(
        Exception.class,
        asked.told(word(RELAY, RELAY.atSign(), id, asked.nonce(), Optional.empty())));
    assertThat(lastAsked().circumstances().observed(), is(Observed.NOTHING));
  }

  @Test
  public void aRelayThatTheClientBroughtIsNotAskedAndNothingIsPending() throws Exception {
    config.observers = "@other";
    test.device.configure(config);
    ask();
    assertThat(alice.hear().value(), containsString("rule 'plant-only'"));
    ruler.rule = request -> Ruler.permit(Obligations.NONE, null);
    ask();
    alice.hear();
    assertThat(dialled(), is(Optional.empty()));
  }

  @Test
  public void aSignedLineCannotAskAndNothingIsPending() throws Exception {
    alice.ask(alice.request(SessionId.random()));
    assertThat(alice.hear().value(), containsString("rule 'plant-only'"));
  }

  @Test
  public void aPingIsAnsweredBeforeAnybodyKnowsWhereItsClientIs() throws Exception {
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
  }

  @Test
  public void streamsWaitForTheFirstWordAndAreAskedForWithIt() throws Exception {
    SessionId id = ask();
    alice.hear();
    StreamGate gate = test.ends.opened().get(0).gate().orElseThrow();
    CompletableFuture<StreamGate.Answer> answer =
        gate.admit(new StreamRequest.Connect(Target.of("localhost:22"))).toCompletableFuture();
    assertThat(answer.isDone(), is(false));
    OtherSide asked = dialled().orElseThrow();
    Stages.value(asked.told(word(id, asked, PLANT)));
    assertThat(Stages.value(answer), instanceOf(StreamGate.Admitted.class));
    assertThat(lastAsked().circumstances().observed().address(), is(Optional.of(address(PLANT))));
  }
}
