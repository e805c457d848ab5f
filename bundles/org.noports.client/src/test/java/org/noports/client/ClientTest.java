package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionGone;
import org.noports.api.SessionId;
import org.noports.api.health.Health;
import org.noports.api.session.Devices.DeviceStatus;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.SessionEnd;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeEntrance;
import org.noports.testkit.fakes.FakeTunnelEnds;

public final class ClientTest {
  @Rule public final TestClient test = new TestClient();

  private TunnelSession kept() {
    return Stages.value(
        test.open(TestClient.request(TestClient.DEVICE, ScriptedRelay.AT_SIGN, true)));
  }

  @Test
  public void aLostSessionEndsItsTunnelAndItsListener() {
    TunnelSession tunnel = Stages.value(test.open());
    test.ends.opened().get(0).carry(new SessionEnd.Traffic(0, 2, 1000, 3000));
    test.ends.opened().get(0).lose("the relay is gone");
    assertThat(Stages.value(tunnel.ended()), is("the relay is gone"));
    assertThat(test.nothingLeft(), is(true));
    assertThat(test.audit.events(Receipts.ENDED).get(0).details().get("bytesReceived"), is("3000"));
    assertThat(
        test.audit.events(Receipts.ENDED).get(0).details().get("reason"), is("the relay is gone"));
  }

  @Test
  public void aKeptTunnelReplacesItsLostSessionBehindTheSameEntrance() throws Exception {
    TunnelSession tunnel = kept();
    SessionId first = tunnel.facts().id();
    test.ends.opened().get(0).lose("the relay is gone");
    assertThat(tunnel.facts().state(), is("reconnecting"));
    assertThat(test.client.check().status(), is(Health.Status.DEGRADED));
    Stages.failure(SessionGone.class, tunnel.connect());
    Eventually.holds(() -> tunnel.facts().state().equals("open"));
    assertThat(tunnel.facts().replaced(), is(1));
    assertThat(tunnel.facts().id(), is(not(first)));
    assertThat(test.ends.bound(), hasSize(1));
    FakeEntrance entrance = test.ends.bound().get(0);
    assertThat(entrance.closed(), is(false));
    assertThat(entrance.serving(), is(Optional.of(test.ends.opened().get(1))));
  }

  @Test
  public void aKeptTunnelBindsItsAddressAnewWhenTheTunnelBundleWasRestarted() throws Exception {
    TunnelSession tunnel = kept();
    FakeTunnelEnds restarted = new FakeTunnelEnds();
    test.neighbours.unbindTunnelEnds(test.ends);
    test.ends.bound().get(0).close();
    test.ends.opened().get(0).lose("the tunnel was stopped");
    test.neighbours.bindTunnelEnds(restarted);
    Eventually.holds(() -> tunnel.facts().state().equals("open"));
    assertThat(restarted.bound().get(0).address(), is(TestClient.LOCAL));
    assertThat(restarted.bound().get(0).serving(), is(Optional.of(restarted.opened().get(0))));
    tunnel.close();
    assertThat(restarted.bound().get(0).closed(), is(true));
  }

  @Test
  public void aKeptTunnelGoesOnTryingAndStopsWhenItIsClosed() throws Exception {
    TunnelSession tunnel = kept();
    test.ends.refuse(new RelayUnavailable("still gone"));
    test.ends.opened().get(0).lose("the relay is gone");
    Eventually.holds(() -> test.device.requests.size() >= 3);
    tunnel.close();
    assertThat(Stages.value(tunnel.ended()), is("ended here"));
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void aKeptTunnelAsksForADayOfGraceSinceIdleIsNotLost() {
    kept();
    assertThat(test.device.requests.get(0).timeout(), is(Duration.ofHours(24)));
  }

  @Test
  public void aSessionEndsByItsId() {
    TunnelSession tunnel = Stages.value(test.open());
    assertThat(test.client.end(tunnel.facts().id(), "by hand"), is(true));
    assertThat(Stages.value(tunnel.ended()), is("by hand"));
    assertThat(test.nothingLeft(), is(true));
    assertThat(test.client.end(SessionId.random(), "by hand"), is(false));
  }

  @Test
  public void tunnelsEndWithTheEnrollmentOfTheirAtSignAndSayWhy() {
    TunnelSession tunnel = kept();
    EnrollmentEnded revoked = new EnrollmentEnded("revoked for @alice");
    test.client.ended(AtSign.of("@somebody"), revoked);
    assertThat(tunnel.facts().state(), is("open"));
    test.client.ended(tunnel.facts().client(), revoked);
    assertThat(Stages.value(tunnel.ended()), is("revoked for @alice"));
    assertThat(tunnel.failure(), is(Optional.of(revoked)));
    assertThat(test.nothingLeft(), is(true));
    assertThat(test.client.running(), is(empty()));
  }

  @Test
  public void aStoppedClientEndsItsTunnelsAndAttempts() throws Exception {
    TunnelSession tunnel = Stages.value(test.open());
    test.device.answersPings = false;
    test.open();
    Eventually.holds(() -> test.relay.requests.size() == 2);
    test.client.stop();
    assertThat(Stages.value(tunnel.ended()), is("the client was stopped"));
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void aChangedConfigurationIsForTheNextRequestOnly() {
    TunnelSession tunnel = Stages.value(test.open());
    test.configure("from", "@bob", "relays", "@relay2, @relay3", "relay", "@relay");
    assertThat(test.client.from(), is(Optional.of(AtSign.of("@bob"))));
    assertThat(test.client.relays(), hasSize(3));
    assertThat(tunnel.facts().state(), is("open"));
  }

  @Test
  public void aWrongConfigurationIsReportedAndChangesNothing() {
    test.configure("from", "@bob", "relayTimeoutSeconds", "soon");
    assertThat(test.client.check().status(), is(Health.Status.DOWN));
    assertThat(test.client.check().message(), containsString("relayTimeoutSeconds = soon"));
    assertThat(test.client.from(), is(Optional.of(TestClient.ALICE)));
  }

  @Test
  public void devicesAreListedWithWhetherTheyAnswer() {
    String info = test.device.about().toText();
    test.world.values().put("@alice:device_info.dev1.sshnp@device", info);
    test.world.values().put("@alice:device_info.dev2.sshnp@device", info);
    test.world.values().put("@alice:device_info.dev9.sshnp@mallory", info);
    List<DeviceStatus> listed =
        Stages.value(
            test.client.list(TestClient.ALICE, ScriptedDevice.AT_SIGN, Duration.ofMillis(500)));
    assertThat(
        listed.stream().map(s -> s.address().toString()).toList(),
        is(List.of("dev1@device", "dev2@device")));
    assertThat(listed.stream().map(DeviceStatus::active).toList(), is(List.of(true, false)));
    assertThat(listed.get(1).services(), is(List.of("localhost:22")));
    assertThat(test.world.listeners(TestClient.ALICE), is(0));
  }

  @Test
  public void aNamedTunnelOpensWhenItCanAndClosesWhenItsFileIsRemoved() throws Exception {
    NamedTunnels named = new NamedTunnels(test.client);
    test.world.cutOff(TestClient.ALICE);
    Hashtable<String, String> file = new Hashtable<>();
    file.put("to", "@device");
    file.put("device", "dev1");
    file.put("local", "2222");
    named.updated("org.noports.client~home", file);
    Eventually.holds(() -> named.check().message().contains("does not answer"));
    test.world.restore(TestClient.ALICE);
    Eventually.holds(() -> named.check().status() == Health.Status.OK);
    assertThat(test.client.running(), hasSize(1));
    named.deleted("org.noports.client~home");
    assertThat(test.client.running(), is(empty()));
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void aNamedTunnelOpensToNoKeyButTheOneThatItsFileExpects() throws Exception {
    NamedTunnels named = new NamedTunnels(test.client);
    Hashtable<String, String> file = new Hashtable<>();
    file.put("to", "@device");
    file.put("device", "dev1");
    file.put("expect", MeetDeviceTest.key(MeetDeviceTest.IMPOSTOR).words());
    named.updated("org.noports.client~home", file);
    Eventually.holds(() -> named.check().message().contains("expect in the tunnel's file"));
    assertThat(test.device.requests, is(empty()));
    file.put("expect", MeetDeviceTest.key(MeetDeviceTest.GENUINE).hex());
    named.updated("org.noports.client~home", file);
    Eventually.holds(() -> named.check().status() == Health.Status.OK);
    file.put("expect", "whoever");
    named.updated("org.noports.client~home", file);
    assertThat(named.check().message(), containsString("'whoever' is not a fingerprint"));
    named.stop();
  }

  @Test
  public void aNamedTunnelThatCannotBeReadSaysWhichFileAndWhy() throws Exception {
    NamedTunnels named = new NamedTunnels(test.client);
    Hashtable<String, String> file = new Hashtable<>();
    file.put("to", "@de vice");
    named.updated("org.noports.client~home", file);
    assertThat(
        named.check().message(),
        containsString("etc/org.noports.client-home.cfg: '@de vice' is not an atSign"));
    named.stop();
  }
}
