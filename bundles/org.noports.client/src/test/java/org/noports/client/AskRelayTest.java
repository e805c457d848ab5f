package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.Secret;
import org.noports.api.session.HandshakeListener;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.RealKeys;

/** What becomes of the keys that relays were shown which do not carry. */
public class AskRelayTest {
  private static final AtSign SECOND = AtSign.of("@relay2");
  private static final List<AtSign> BOTH = List.of(ScriptedRelay.AT_SIGN, SECOND);

  @Rule public final TestClient test = new TestClient();

  private final List<Secret> cut = new ArrayList<>();
  private final AskRelay ask =
      new AskRelay(
          () -> {
            cut.add(Secret.owning(new byte[] {1}));
            return cut.get(cut.size() - 1);
          });

  private Attempt attempt() throws Exception {
    Dictionary<String, Object> defaults = new Hashtable<>();
    return new Attempt(
        TestClient.request(TestClient.DEVICE, ScriptedRelay.AT_SIGN, false),
        ClientSettings.of(ConfigReader.read(ClientConfig.class, defaults)),
        HandshakeListener.SILENT);
  }

  private Self self() {
    return new Self(test.world.of(TestClient.ALICE), RealKeys.of("@alice"));
  }

  private void requireWiped(int index) {
    assertThrows(IllegalStateException.class, () -> cut.get(index).exposeSecretBytes());
  }

  @Test
  public void whoLostARaceWillNotBeShownItsKey() throws Exception {
    test.relay.answers = false;
    new ScriptedRelay(test.world, SECOND, "relay2.example.org");
    RelayTicket ticket = Stages.value(ask.fastest(attempt(), self(), BOTH));
    assertThat(ticket.relay(), is(SECOND));
    requireWiped(0);
    assertThat(cut.get(1).exposeSecretBytes().length, is(1));
  }

  @Test
  public void whoGaveNoPortsWillNotBeShownItsKey() throws Exception {
    test.relay.nack = Optional.of("full");
    new ScriptedRelay(test.world, SECOND, "relay2.example.org");
    RelayTicket ticket = Stages.value(ask.inTurn(attempt(), self(), BOTH));
    assertThat(ticket.relay(), is(SECOND));
    requireWiped(0);
    assertThat(cut.get(1).exposeSecretBytes().length, is(1));
  }
}
