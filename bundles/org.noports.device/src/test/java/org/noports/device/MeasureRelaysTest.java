package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.atserver.Notification;
import org.noports.protocol.session.MessageNames;
import org.noports.testkit.Eventually;

/** How far relays are from the device, for whoever may use it. */
public class MeasureRelaysTest {
  private static final String QUESTION =
      "{\"@near\":{\"ipaddr\":\"near.example.org\",\"port\":8443},"
          + "\"@far\":{\"ipaddr\":\"far.example.org\",\"port\":null}}";

  @Rule public final TestDevice test = new TestDevice();
  private ScriptedClient alice;

  @Before
  public void start() throws Exception {
    alice = new ScriptedClient(test.world, "@alice");
    test.start(new TestDevice.Config());
  }

  private static void ask(ScriptedClient client, String question) {
    client.say(MessageNames.relayLatencyRequest(ScriptedClient.NAME), question);
  }

  private Notification answer() throws InterruptedException {
    for (Notification heard = alice.hear(); ; heard = alice.hear()) {
      if (heard.name().equals(MessageNames.relayLatencyResponse(ScriptedClient.NAME))) {
        return heard;
      }
    }
  }

  @Test
  public void eachRelayIsMeasuredByTheTransportThatSessionsTake() throws Exception {
    test.relay.away("near.example.org", 3);
    test.relay.away("far.example.org", 120);
    ask(alice, QUESTION);
    assertThat(answer().value(), is("{\"@near\":3,\"@far\":120}"));
    assertThat(
        test.relay.measured().toString(), is("[near.example.org:8443, far.example.org:443]"));
  }

  @Test
  public void aRelayThatDoesNotAnswerInTimeKeepsNobodyWaiting() throws Exception {
    test.relay.away("near.example.org", 3);
    test.relay.away("far.example.org", new CompletableFuture<Duration>());
    ask(alice, QUESTION);
    assertThat(answer().value(), is("{\"@near\":3,\"@far\":-1}"));
  }

  @Test
  public void aStrangerHearsNothingAndNobodyIsDialled() throws Exception {
    ScriptedClient mallory = new ScriptedClient(test.world, "@mallory");
    ask(mallory, QUESTION);
    Eventually.holds(() -> !test.audit.events(Receipts.OTHER_REFUSED).isEmpty());
    assertThat(mallory.heardNothing(), is(true));
    assertThat(test.relay.measured(), is(empty()));
  }

  @Test
  public void aQuestionThatCannotBeReadIsRefusedByName() throws Exception {
    ask(alice, "{\"@near\":{\"ipaddr\":\"a/b\"}}");
    Eventually.holds(
        () ->
            test.audit.events(Receipts.OTHER_REFUSED).stream()
                .anyMatch(event -> "malformed".equals(event.details().get("rule"))));
    assertThat(test.relay.measured(), is(empty()));
  }
}
