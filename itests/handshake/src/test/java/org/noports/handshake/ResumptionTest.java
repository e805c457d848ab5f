package org.noports.handshake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.NoPortsException;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionGone;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.session.Receipt;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeEnd;

public final class ResumptionTest {
  private final TwoEnds ends = new TwoEnds();
  private TunnelSession tunnel;

  @Before
  public void aSession() throws Exception {
    ends.begin(Suite.X25519_AES_256_GCM);
    tunnel = Stages.value(ends.open());
    Eventually.holds(() -> ends.device.device.running().size() == 1);
  }

  @After
  public void close() {
    ends.close();
  }

  private FakeEnd client() {
    return ends.client.ends.opened().get(0);
  }

  private FakeEnd device() {
    return ends.device.ends.opened().get(0);
  }

  private Receipt deviceReceipt() {
    return ends.device.device.running().get(0).receipt().orElseThrow();
  }

  private Receipt clientReceipt() {
    return tunnel.facts().receipt().orElseThrow();
  }

  private static byte[] root(FakeEnd end, int link) {
    return end.relinked().get(link).root().exposeSecretBytes();
  }

  private List<Notification> requests() {
    return ends.world.sent().stream().filter(Tampering.Message.REQUEST::is).toList();
  }

  @Test
  public void bothEndsGetTheSameFreshKeysEachTimeAndNoNewSession() throws Exception {
    for (int i = 0; i < 3; i++) {
      int links = i + 1;
      client().loseLink("the relay is gone");
      Eventually.holds(() -> clientReceipt().history().size() == links + 1);
      Eventually.holds(() -> deviceReceipt().history().size() == links + 1);
      assertThat(root(client(), i), is(root(device(), i)));
    }
    assertThat(root(client(), 0), is(not(root(client(), 1))));
    assertThat(ends.client.ends.opened(), hasSize(1));
    assertThat(ends.device.ends.opened(), hasSize(1));
    assertThat(tunnel.facts().state(), is("open"));
    assertThat(tunnel.facts().level(), is(Level.L2));
  }

  @Test
  public void aSessionWhoseSuiteHasAnotherHashGoesOnToo() throws Exception {
    ends.both(Suite.ML_KEM_1024_AES_256_GCM);
    TunnelSession strongest = Stages.value(ends.open());
    FakeEnd link = ends.client.ends.opened().get(1);
    for (int links = 2; links <= 3; links++) {
      int handshakes = links;
      link.loseLink("the relay is gone");
      Eventually.holds(
          () -> strongest.facts().receipt().orElseThrow().history().size() == handshakes);
    }
    assertThat(
        strongest.facts().receipt().orElseThrow().last().suite(),
        is(Suite.ML_KEM_1024_AES_256_GCM));
    assertThat(link.isOver(), is(false));
  }

  @Test
  public void theReceiptsOfTheTwoEndsAreEqualBeforeAndAfter() throws Exception {
    assertThat(clientReceipt().lines(), is(deviceReceipt().lines()));
    assertThat(clientReceipt(), is(deviceReceipt()));
    client().loseLink("the relay is gone");
    Eventually.holds(() -> deviceReceipt().history().size() == 2);
    Eventually.holds(() -> clientReceipt().equals(deviceReceipt()));
    // What is audited is written behind what a receipt says.
    Eventually.holds(() -> !ends.client.audit.events("session-resumed").isEmpty());
    Eventually.holds(() -> !ends.device.audit.events("session-resumed").isEmpty());
    assertThat(
        ends.client.audit.events("session-resumed").get(0).details().get("receipt"),
        is(ends.device.audit.events("session-resumed").get(0).details().get("receipt")));
    assertThat(
        String.join("\n", clientReceipt().lines()), containsString("permitted by rule everybody"));
  }

  @Test
  public void anotherKnownRelayIsTakenWhenTheFirstIsGone() throws Exception {
    ends.client.configure("np2", "true", "relays", "@relay2", "relayTimeoutSeconds", "60");
    ends.world.between(message -> message.from().equals(TwoEnds.RELAY) ? lost(message) : message);
    client().loseLink("the relay is gone");
    Eventually.holds(() -> clientReceipt().history().size() == 2);
    assertThat(tunnel.facts().relay(), is(Optional.of(TwoEnds.OTHER_RELAY)));
    assertThat(tunnel.facts().relayAddress(), is("relay2.example.org:40001"));
    Eventually.holds(() -> deviceReceipt().last().relay().equals(TwoEnds.OTHER_RELAY));
  }

  /** Nobody listens for what it becomes. */
  private static Notification lost(Notification message) {
    return new Notification(
        message.id(),
        message.from(),
        "lost",
        message.value(),
        message.operation(),
        message.at(),
        message.age());
  }

  @Test
  public void aLinkThatDoesNotComeAboutIsTriedAgainWithAFreshRequest() throws Exception {
    client().refuseLinks(new RelayUnavailable("the relay died meanwhile"));
    client().loseLink("the relay is gone");
    Eventually.holds(() -> clientReceipt().history().size() == 2);
    assertThat(client().relinked(), hasSize(1));
    assertThat(device().relinked(), hasSize(2));
    assertThat(root(client(), 0), is(root(device(), 1)));
    assertThat(requests(), hasSize(3));
  }

  @Test
  public void aCopyOfAResumptionIsRefused() throws Exception {
    client().loseLink("the relay is gone");
    Eventually.holds(() -> device().relinked().size() == 1);
    Notification copy = requests().get(1);
    ends.world
        .of(TwoEnds.ALICE)
        .notify(OutgoingNotification.ofSession(TwoEnds.DEVICE.atSign(), copy.name(), copy.value()));
    Eventually.holds(() -> ends.device.audit.events("session-refused").size() == 1);
    assertThat(device().relinked(), hasSize(1));
  }

  @Test
  public void thePolicyIsAskedAgain() throws Exception {
    ends.client.configure("np2", "true", "responseTimeoutSeconds", "1");
    ends.device.deny("revoked");
    client().loseLink("the relay is gone");
    Eventually.holds(() -> !ends.device.audit.events("session-refused").isEmpty());
    assertThat(device().relinked(), hasSize(0));
  }

  @Test
  public void aSessionThatTheDeviceClosedIsGoneAndTheTunnelEndsByThatName() throws Exception {
    ends.device.device.end(tunnel.facts().id(), "the test");
    Eventually.holds(() -> ends.device.device.running().isEmpty());
    client().loseLink("the relay is gone");
    tunnel.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(tunnel.failure().orElseThrow(), instanceOf(SessionGone.class));
    assertThat(client().isOver(), is(true));
  }

  @Test
  public void aDeviceThatWasStartedAnewDoesNotKnowTheSession() throws Exception {
    ends.device.configure(Map.of("atSign", "@device", "name", "dev2", "np2", true));
    ends.device.device.running().forEach(facts -> ends.device.device.end(facts.id(), "test"));
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", true));
    client().loseLink("the relay is gone");
    tunnel.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
    NoPortsException failure = tunnel.failure().orElseThrow();
    assertThat(failure, instanceOf(SessionGone.class));
    assertThat(failure.getMessage(), containsString("is not known here"));
  }
}
