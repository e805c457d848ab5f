package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.tunnel.StreamRequest;
import org.noports.protocol.session.ClientClaims;

/** What a client says of its place reaches the rules, for the session and all that is in it. */
public final class ClaimedZoneTest {
  @Rule public final TestDevice test = new TestDevice();

  private final Ruler ruler = new Ruler();
  private ScriptedClient alice;

  @Before
  public void onlyBerlin() throws Exception {
    ruler.rule =
        request ->
            request.circumstances().claimedZone().equals(Optional.of("Europe/Berlin"))
                ? Ruler.permit(Obligations.NONE, null)
                : new Decision.Abstain("default-deny", "not in Berlin");
    test.neighbours.unbindPolicy(test.policy);
    test.neighbours.bindPolicy(ruler, Map.of(PolicyEvaluator.NAME, "ruler"));
    test.start(new TestDevice.Config());
    alice = new ScriptedClient(test.world, "@alice");
  }

  private String ask(Optional<String> zone) throws Exception {
    alice.ask(new ClientClaims(zone).into(alice.request(SessionId.random()).toJson()));
    return alice.hear().value();
  }

  @Test
  public void theClientsWordDecidesWhereARuleTakesIt() throws Exception {
    assertThat(ask(Optional.of("Europe/Paris")), startsWith("Not permitted by rule"));
    assertThat(ask(Optional.empty()), startsWith("Not permitted by rule"));
    assertThat(ask(Optional.of("Europe/Berlin")), startsWith("{"));
  }

  @Test
  public void whatIsOpenedLaterIsAskedForWithTheSameWord() throws Exception {
    ask(Optional.of("Europe/Berlin"));
    StreamRequest another = new StreamRequest.Connect(Target.of("localhost:3389"));
    test.ends
        .opened()
        .get(0)
        .gate()
        .orElseThrow()
        .admit(another)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    assertThat(
        ruler.asked.get(ruler.asked.size() - 1).circumstances().claimedZone(),
        is(Optional.of("Europe/Berlin")));
  }
}
