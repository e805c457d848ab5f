package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionRefused;
import org.noports.api.relay.RelayCredential;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayRequest;
import org.noports.testkit.Stages;

/** A client that may dial port 443 only, and so asks relays for it (noports.md 4.4). */
public class SinglePortRequestTest {
  @Rule public final TestClient test = new TestClient();

  @Before
  public void onlyThatPort() {
    test.configure("from", "@alice", "relay", "@relay", "only443", "true");
    test.relay.ports(443, 443);
  }

  @Test
  public void bothSidesAnswerChallengesAtARelayThatDoesNotFindOutByItself() {
    test.relay.findsOut = false;
    assertThat(Stages.value(test.open()).facts().relayAddress(), is("relay.example.org:443"));
    RelayRequest asked = test.relay.requests.get(0);
    assertThat(asked.only443(), is(true));
    assertThat(asked.relayAuthMode(), is(RelayAuthMode.ESCR));
    assertThat(asked.authenticateClient() && asked.authenticateDevice(), is(true));
    NptRequest device = test.device.requests.get(0);
    assertThat(device.rvdPort(), is(443));
    assertThat(device.relayAuthMode(), is(RelayAuthMode.ESCR));
    assertThat(device.relayAuthAesKey(), is(asked.relayAuthAesKey()));
    test.ends.opened().get(0).plan().leg().dial();
    assertThat(
        test.transport.dials().get(0).credential(),
        instanceOf(RelayCredential.ChallengeResponse.class));
  }

  @Test
  public void aRelayWithoutThatPortIsNamedWithWhatItSays() {
    test.relay.nack =
        Optional.of("Client requested port 443 but this relay is not bound to port 443");
    assertThat(
        Stages.failure(RelayUnavailable.class, test.open()).getMessage(),
        allOf(containsString("@relay refuses"), containsString("not bound to port 443")));
  }

  @Test
  public void aDeviceThatKnowsNoChallengesIsNotAskedAndToldFromTheSetting() {
    test.device.answersChallenges = false;
    assertThat(
        Stages.failure(SessionRefused.class, test.open()).getMessage(),
        allOf(containsString("'ESCR'"), containsString("only443 = false")));
    assertThat(test.device.requests, is(empty()));
  }
}
