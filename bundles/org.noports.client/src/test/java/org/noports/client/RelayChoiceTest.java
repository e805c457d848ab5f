package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.relay.RelayChoice;
import org.noports.api.relay.RelayChoice.Candidate;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelRequest;
import org.noports.testkit.Stages;

/** Which of two relays carries: the nearer to both ends, as each measures its own way. */
public class RelayChoiceTest {
  private static final AtSign FIRST = ScriptedRelay.AT_SIGN;
  private static final AtSign SECOND = AtSign.of("@relay2");
  private static final String FIRST_HOST = "relay.example.org";
  private static final String SECOND_HOST = "relay2.example.org";

  /** Never in a test, unless what it waits for never comes. */
  private static final String PATIENT = "10000";

  private static final String SHORT = "50";

  @Rule public final TestClient test = new TestClient();
  private ScriptedRelay second;

  @Before
  public void twoRelays() {
    second = new ScriptedRelay(test.world, SECOND, SECOND_HOST);
    waits(PATIENT);
  }

  private void waits(String millis) {
    test.configure("from", "@alice", "relays", "@relay,@relay2", "relayChoiceMillis", millis);
  }

  /** How far a relay is from the client and from the device. */
  private void away(AtSign relay, String host, int here, int there) {
    test.transport.away(host, here);
    test.device.distances.put(relay, there);
  }

  private static TunnelRequest throughEither() {
    return TestClient.request(TestClient.DEVICE, FIRST, false).orThrough(List.of(SECOND));
  }

  private SessionFacts opened() {
    return Stages.value(test.open(throughEither())).facts();
  }

  @Test
  public void theNearerToBothEndsCarries() {
    away(FIRST, FIRST_HOST, 40, 40);
    away(SECOND, SECOND_HOST, 3, 4);
    SessionFacts facts = opened();
    assertThat(facts.relay(), is(Optional.of(SECOND)));
    assertThat(facts.relayAddress(), is(SECOND_HOST + ":40001"));
    assertThat(test.device.requests.get(0).relayAtSign(), is(Optional.of(SECOND)));
    assertThat(
        "the other is not asked for ports, which it would hold", test.relay.requests, is(empty()));
    assertThat(
        test.transport.measured(),
        is(List.of(new HostPort(FIRST_HOST, 8443), new HostPort(SECOND_HOST, 8443))));
    assertThat(facts.choice().toString(), is("[@relay2 3 ms + 4 ms, @relay 40 ms + 40 ms]"));
  }

  @Test
  public void theNearerForTheClientAloneLosesIfItIsFarFromTheDevice() {
    away(FIRST, FIRST_HOST, 1, 90);
    away(SECOND, SECOND_HOST, 30, 20);
    assertThat(opened().relay(), is(Optional.of(SECOND)));
  }

  @Test
  public void aRequestForOneRelayMeasuresNothing() {
    away(FIRST, FIRST_HOST, 40, 40);
    away(SECOND, SECOND_HOST, 3, 4);
    SessionFacts facts = Stages.value(test.open()).facts();
    assertThat(facts.relay(), is(Optional.of(FIRST)));
    assertThat(facts.choice(), is(empty()));
    assertThat(test.transport.measured(), is(empty()));
    assertThat(test.device.latencyRequests, is(empty()));
    assertThat(second.discoveries.get(), is(0));
  }

  @Test
  public void aDeviceThatDoesNotKnowTheQuestionLeavesTheChoiceToTheClientsWay() {
    test.device.answersLatency = false;
    waits(SHORT);
    away(FIRST, FIRST_HOST, 40, 0);
    away(SECOND, SECOND_HOST, 3, 0);
    assertThat(opened().relay(), is(Optional.of(SECOND)));
  }

  @Test
  public void aRelayThatOneEndDoesNotReachComesBehindThoseThatBothReach() {
    test.transport.away(FIRST_HOST, 1);
    away(SECOND, SECOND_HOST, 300, 300);
    SessionFacts facts = opened();
    assertThat(facts.relay(), is(Optional.of(SECOND)));
    assertThat(facts.choice().toString(), containsString("@relay 1 ms + ?"));
  }

  @Test
  public void whoeverIsNotMeasuredInTimeIsLeftOutAndTheConfiguredOrderHolds() {
    test.transport.away(FIRST_HOST, new CompletableFuture<>());
    test.transport.away(SECOND_HOST, new CompletableFuture<>());
    waits(SHORT);
    SessionFacts facts = opened();
    assertThat(facts.relay(), is(Optional.of(FIRST)));
    assertThat(facts.choice(), is(List.of(Candidate.unknown(FIRST), Candidate.unknown(SECOND))));
  }

  @Test
  public void whatCameTooLateForOneSessionServesTheNext() {
    CompletableFuture<Duration> late = new CompletableFuture<>();
    away(FIRST, FIRST_HOST, 40, 40);
    test.transport.away(SECOND_HOST, late);
    test.device.distances.put(SECOND, 4);
    waits(SHORT);
    assertThat(opened().relay(), is(Optional.of(FIRST)));
    late.complete(Duration.ofMillis(3));
    test.device.distances.clear();
    waits(PATIENT);
    assertThat(opened().relay(), is(Optional.of(SECOND)));
    assertThat("nobody is asked twice", test.device.latencyRequests, hasSize(1));
    assertThat(second.discoveries.get(), is(1));
    assertThat(test.transport.measured(), hasSize(2));
  }

  @Test
  public void theNextInTheOrderIsAskedIfTheNearestGivesNoPorts() {
    away(FIRST, FIRST_HOST, 40, 40);
    away(SECOND, SECOND_HOST, 3, 4);
    second.nack = Optional.of("full");
    SessionFacts facts = opened();
    assertThat(facts.relay(), is(Optional.of(FIRST)));
    assertThat(second.requests, hasSize(1));
    test.relay.nack = Optional.of("full too");
    assertThat(
        Stages.failure(RelayUnavailable.class, test.open(throughEither())).getMessage(),
        containsString("full too"));
  }

  @Test
  public void noTimeToChooseIsTheConfiguredOrder() {
    waits("0");
    away(FIRST, FIRST_HOST, 40, 40);
    away(SECOND, SECOND_HOST, 3, 4);
    assertThat(opened().relay(), is(Optional.of(FIRST)));
    assertThat(test.transport.measured(), is(empty()));
  }

  @Test
  public void anotherChoiceTakesThePlaceOfOurs() {
    away(FIRST, FIRST_HOST, 1, 1);
    RelayChoice contrary =
        (self, device, relays, within) ->
            CompletableFuture.completedFuture(
                List.of(Candidate.unknown(TestClient.ALICE), Candidate.unknown(SECOND)));
    test.neighbours.bindRelayChoice(contrary);
    assertThat(opened().relay(), is(Optional.of(SECOND)));
    test.neighbours.unbindRelayChoice(contrary);
    RelayChoice broken =
        (self, device, relays, within) -> {
          throw new IllegalStateException("broken");
        };
    test.neighbours.bindRelayChoice(broken);
    assertThat(opened().relay(), is(Optional.of(FIRST)));
    test.neighbours.unbindRelayChoice(broken);
    test.neighbours.bindRelayChoice((self, device, relays, within) -> new CompletableFuture<>());
    waits(SHORT);
    assertThat(opened().relay(), is(Optional.of(FIRST)));
  }
}
