package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.atserver.Notification;
import org.noports.api.health.Health;
import org.noports.protocol.session.Feature;
import org.noports.protocol.session.PingResponse;
import org.noports.testkit.Eventually;

public final class DeviceTest {
  @Rule public final TestDevice test = new TestDevice();

  @Test
  public void aManagerIsToldAtStartAndByAnsweredPings() throws Exception {
    ScriptedClient alice = new ScriptedClient(test.world, "@alice");
    test.start(new TestDevice.Config());
    Notification hello = alice.hearHello();
    assertThat(hello.name(), is("username.dev1.sshnp"));
    assertThat(hello.value(), is("pi"));
    PingResponse info =
        PingResponse.parse(test.world.values().get("@alice:device_info.dev1.sshnp@device"));
    assertThat(info.allowedServices(), is(List.of("localhost:22", "localhost:3389")));
    assertThat(info.signingKeyUri(), is(Optional.of("public:_apsk.primary.a.__e@device")));
    alice.ping();
    Notification heartbeat = alice.hear();
    assertThat(heartbeat.name(), is("heartbeat.dev1.sshnp"));
    PingResponse says = PingResponse.parse(heartbeat.value());
    assertThat(says.supports(Feature.TWIN_KEYS), is(true));
    assertThat(says.supports(Feature.ACCEPTS_PUBLIC_KEYS), is(false));
  }

  @Test
  public void aHiddenDeviceTakesBackWhatItToldAndStillAnswersPings() throws Exception {
    ScriptedClient alice = new ScriptedClient(test.world, "@alice");
    test.start(new TestDevice.Config());
    alice.hearHello();
    TestDevice.Config hidden = new TestDevice.Config();
    hidden.hide = true;
    test.device.configure(hidden);
    Eventually.holds(
        () -> !test.world.values().containsKey("@alice:device_info.dev1.sshnp@device"));
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
  }

  @Test
  public void aStrangersPingIsNotAnsweredAndIsAudited() throws Exception {
    ScriptedClient mallory = new ScriptedClient(test.world, "@mallory");
    test.start(new TestDevice.Config());
    mallory.ping();
    Eventually.holds(() -> !test.audit.events(Receipts.OTHER_REFUSED).isEmpty());
    assertThat(mallory.heardNothing(), is(true));
  }

  @Test
  public void whatComesTooLateIsDroppedWithAWord() throws Exception {
    ScriptedClient alice = new ScriptedClient(test.world, "@alice");
    test.start(new TestDevice.Config());
    alice.hearHello();
    test.world.lag(Duration.ofSeconds(45));
    alice.ping();
    Eventually.holds(() -> !test.audit.events(Receipts.OTHER_REFUSED).isEmpty());
    assertThat(
        test.audit.events(Receipts.OTHER_REFUSED).get(0).details().get("reason"),
        containsString("45 s after it was sent"));
    assertThat(alice.heardNothing(), is(true));
    test.world.lag(Duration.ofSeconds(20));
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
  }

  @Test
  public void anotherDevicesMessagesAreNotOurs() throws Exception {
    ScriptedClient alice = new ScriptedClient(test.world, "@alice");
    test.start(new TestDevice.Config());
    alice.hearHello();
    alice.say("ping.foodev1.sshnp", "ping");
    alice.say("ping.dev2.sshnp", "ping");
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
    assertThat(alice.heardNothing(), is(true));
  }

  @Test
  public void aDeviceWhoseAtServerIsAwayTriesAgainUntilItIsBack() throws Exception {
    test.world.cutOff(AtSign.of("@device"));
    test.device.configure(new TestDevice.Config());
    Eventually.holds(() -> test.device.check().message().contains("does not answer"));
    assertThat(test.device.check().status(), is(Health.Status.DEGRADED));
    test.world.restore(AtSign.of("@device"));
    Eventually.holds(() -> test.device.check().status() == Health.Status.OK);
  }

  @Test
  public void aWrongConfigurationIsReportedAndTheDeviceGoesOnAsBefore() throws Exception {
    ScriptedClient alice = new ScriptedClient(test.world, "@alice");
    test.start(new TestDevice.Config());
    alice.hearHello();
    TestDevice.Config wrong = new TestDevice.Config();
    wrong.permitOpen = "localhost:ssh";
    test.device.configure(wrong);
    assertThat(test.device.check().status(), is(Health.Status.DOWN));
    assertThat(test.device.check().message(), containsString("cannot be permitted"));
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
  }

  @Test
  public void aFileWithoutAnAtSignIsNoDevice() {
    TestDevice.Config empty = new TestDevice.Config();
    empty.atSign = "";
    test.device.configure(empty);
    assertThat(test.device.check().status(), is(Health.Status.OK));
    assertThat(test.device.component(), is("org.noports.device"));
    assertThat(test.world.listeners(ScriptedClient.DEVICE), is(0));
  }
}
