package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.health.Health;
import org.noports.protocol.session.MessageNames;
import org.noports.testkit.Eventually;

/** Two processes with a device of one name, and a device that manages itself. */
public final class SoleDeviceTest {
  @Rule public final TestDevice test = new TestDevice();

  private ScriptedClient alice;
  private Device second;

  @Before
  public void aSecondProcess() {
    alice = new ScriptedClient(test.world, "@alice");
    // Whatever it does of its own accord it does because it heard something.
    second = test.another(Duration.ofHours(1));
  }

  @After
  public void stop() {
    second.stop();
  }

  @Test
  public void theSecondOfOneNameRestsAndSaysWhoTheFirstIs() throws Exception {
    test.start(new TestDevice.Config());
    alice.hearHello();
    second.configure(new TestDevice.Config());
    Eventually.holds(() -> second.check().status() == Health.Status.DEGRADED);
    Eventually.holds(() -> second.check().message().contains("runs already"));
    assertThat(
        second.check().message(),
        allOf(
            containsString("dev1@device runs already as process " + ProcessHandle.current().pid()),
            containsString(" on " + MachineName.get() + ", since "),
            containsString("Give one of the two another 'name'")));
    assertThat(test.device.check().status(), is(Health.Status.OK));
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
    assertThat("one alone answers", alice.heardNothing(), is(true));
  }

  @Test
  public void whenTheFirstIsStoppedTheSecondAnswers() throws Exception {
    test.start(new TestDevice.Config());
    second.configure(new TestDevice.Config());
    Eventually.holds(() -> second.check().message().contains("runs already"));
    test.device.stop();
    Eventually.holds(() -> second.check().status() == Health.Status.OK);
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
  }

  @Test
  public void whenTheFirstVanishesWithoutAWordTheSecondAnswers() throws Exception {
    second.stop();
    second = test.another();
    test.start(new TestDevice.Config());
    second.configure(new TestDevice.Config());
    Eventually.holds(() -> second.check().message().contains("runs already"));
    // Its atServer is gone for it alone: it says no good-bye, and answers no more.
    test.device.unbindAtServers(test.world);
    Eventually.holds(() -> second.check().status() == Health.Status.OK);
  }

  @Test
  public void whoAsksAgainBeforeItKnowsItsTimeKeepsItsFirst() throws Exception {
    second.configure(new TestDevice.Config());
    Eventually.holds(() -> !test.claims().isEmpty());
    test.world.lag(Duration.ofHours(1));
    anotherAsks("");
    Eventually.holds(() -> second.check().message().contains("runs already"));
    test.world.lag(Duration.ZERO);
    anotherAsks("");
    anotherAsks("");
    // The third was answered: the second was decided.
    Eventually.holds(() -> answers() == 3);
    assertThat(second.check().message(), containsString("runs already"));
    anotherAsks("\"since\":" + Instant.now().plusSeconds(3600).toEpochMilli() + ",");
    Eventually.holds(() -> second.check().status() == Health.Status.OK);
  }

  private void anotherAsks(String since) {
    AtSign device = ScriptedClient.DEVICE;
    String claim =
        "{\"instance\":\"00000000-0000-0000-0000-000000000000\","
            + since
            + "\"host\":\"elsewhere\",\"pid\":1,\"kind\":\"asks\"}";
    test.world
        .of(device)
        .notify(
            OutgoingNotification.ofSession(
                device, MessageNames.instance(ScriptedClient.NAME), claim));
  }

  private int answers() {
    return (int) test.claims().stream().filter(claim -> claim.contains("answers")).count();
  }

  @Test
  public void devicesOfOtherNamesAndOtherPeoplesClaimsDoNotDisturb() throws Exception {
    test.start(new TestDevice.Config());
    alice.hearHello();
    TestDevice.Config other = new TestDevice.Config();
    other.name = "dev2";
    second.configure(other);
    assertThat(alice.hear().name(), is("username.dev2.sshnp"));
    alice.say(
        MessageNames.instance(ScriptedClient.NAME),
        "{\"instance\":\"00000000-0000-0000-0000-000000000000\",\"since\":1,"
            + "\"host\":\"elsewhere\",\"pid\":1,\"kind\":\"asks\"}");
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
    assertThat(test.device.check().status(), is(Health.Status.OK));
  }

  @Test
  public void aClaimThatCannotBeReadIsPassedOver() throws Exception {
    test.start(new TestDevice.Config());
    alice.hearHello();
    AtSign device = ScriptedClient.DEVICE;
    for (String bad : List.of("", "{}", "{\"instance\":\"x\"}", "\u0000")) {
      test.world
          .of(device)
          .notify(
              OutgoingNotification.ofSession(
                  device, MessageNames.instance(ScriptedClient.NAME), bad));
    }
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
  }

  @Test
  public void aDeviceThatIsItsOwnManagerSaysSo() throws Exception {
    test.policy.managers = List.of(AtSign.of("@alice"), ScriptedClient.DEVICE);
    test.device.configure(new TestDevice.Config());
    Eventually.holds(() -> test.device.check().message().contains("among its managers"));
    assertThat(test.device.check().status(), is(Health.Status.DEGRADED));
    assertThat(test.device.check().message(), containsString("its own atSign @device"));
    test.policy.managers = List.of(AtSign.of("@alice"));
    Eventually.holds(() -> test.device.check().status() == Health.Status.OK);
  }
}
