package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.Hashtable;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.LocalAddressUnavailable;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.session.TunnelRequest;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;

/** What a tunnel carries beside its own target, and what it cannot. */
public final class ForwardsTest {
  private static final Forward INTRANET =
      new Forward.Local(LocalAddress.Port.loopback(8080), Target.of("intranet:80"));
  private static final Forward SOCKS = new Forward.Socks(LocalAddress.Port.loopback(1080));

  @Rule public final TestClient test = new TestClient();

  private TunnelRequest request(Forward... forwards) {
    return TestClient.request(TestClient.DEVICE, ScriptedRelay.AT_SIGN, false)
        .forwarding(List.of(forwards));
  }

  @Test
  public void aDeviceThatKnowsOneTargetOnlyIsToldByNameAndNothingIsLeft() throws Exception {
    SessionRefused refusal =
        Stages.failure(SessionRefused.class, test.open(request(INTRANET, SOCKS)));
    assertThat(refusal.getMessage(), containsString("level L1"));
    assertThat(refusal.getMessage(), containsString("intranet:80"));
    Eventually.holds(() -> test.nothingLeft());
  }

  @Test
  public void anAddressInUseFailsBeforeAnybodyIsAskedAndGivesTheOthersBack() throws Exception {
    test.ends.occupy(SOCKS.at());
    LocalAddressUnavailable failure =
        Stages.failure(LocalAddressUnavailable.class, test.open(request(INTRANET, SOCKS)));
    assertThat(failure.getMessage(), containsString("1080"));
    Eventually.holds(() -> test.nothingLeft());
    assertThat(test.device.requests.size(), is(0));
  }

  @Test
  public void aNamedTunnelBindsAllThatItsFileNames() throws Exception {
    NamedTunnels named = new NamedTunnels(test.client);
    Hashtable<String, String> file = new Hashtable<>();
    file.put("to", "@device");
    file.put("device", "dev1");
    file.put("local", "");
    file.put("forward", "8080:intranet:80,5432:db:5432");
    file.put("remote", "9000:localhost:3000");
    file.put("socks", "1080");
    file.put("udp", "5353:dns:53");
    named.updated("org.noports.client~home", file);
    Eventually.holds(() -> test.ends.bound().size() == 5);
    assertThat(
        test.ends.bound().stream().map(entrance -> entrance.address().toString()).toList(),
        is(
            List.of(
                "127.0.0.1:8080",
                "127.0.0.1:5432",
                "127.0.0.1:9000",
                "127.0.0.1:1080",
                "127.0.0.1:5353")));
    Eventually.holds(() -> named.check().message().contains("connections to its own target only"));
    named.stop();
  }
}
