package org.noports.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.DeviceOffline;
import org.noports.api.PeerKeyChanged;
import org.noports.api.PeerUnverified;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.access.AccessRequests;
import org.noports.api.access.AccessWish;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;
import org.noports.protocol.access.AccessAsk;
import org.noports.protocol.access.AccessSaid;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.RealKeys;

/** A client that asks a device, whose side the test plays, or a desk. */
public class AskForAccessTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final String REQUEST = MessageNames.accessRequest(TestDesk.DEVICE.name());

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private TestDesk test;

  @Before
  public void open() {
    test = new TestDesk(folder.getRoot().toPath().resolve("access.json"));
  }

  @After
  public void close() {
    test.close();
  }

  private CompletionStage<AccessRequests.Asked> ask(Duration within) {
    return new AskForAccess(test.neighbours, within)
        .ask(
            ALICE,
            TestDesk.DEVICE,
            Target.of("localhost:22"),
            Duration.ofMinutes(5),
            "the pump does not start");
  }

  private CompletionStage<AccessRequests.Asked> ask() {
    return ask(Duration.ofSeconds(60));
  }

  /** What came to the device, as it reads it. */
  private AccessWish heard() throws Exception {
    Eventually.holds(() -> test.world.sent().stream().anyMatch(it -> it.name().equals(REQUEST)));
    Notification message =
        test.world.sent().stream().filter(it -> it.name().equals(REQUEST)).findFirst().get();
    SignedEnvelope signed = SignedEnvelope.parse(message.value());
    return AccessAsk.parse(message.from(), signed.payload()).wish();
  }

  private void say(String from, RealKeys signer, AccessSaid said) {
    test.world
        .of(AtSign.of(from))
        .notify(
            OutgoingNotification.ofSession(
                ALICE,
                MessageNames.accessAnswer(TestDesk.DEVICE.name()),
                SignedEnvelope.sign(said.toJson(), signer::signAsEncryption).toText()));
  }

  private static AccessSaid granted(String id) {
    return new AccessSaid(
        id,
        TestDesk.DEVICE.name(),
        AccessSaid.Word.GRANTED,
        Optional.of(Instant.EPOCH.plusSeconds(1)),
        "");
  }

  @Test
  public void aRequestWaitsAtTheDeskUntilItIsGranted() throws Exception {
    var asked = ask();
    test.desk.take(heard());
    AccessRequests.Asked waits = Stages.value(asked);
    assertThat(waits.wish().reason(), is("the pump does not start"));
    test.desk.approve(waits.wish().id(), Optional.empty());
    assertThat(Stages.value(waits.granted()), is(TestDesk.NOON.plus(Duration.ofMinutes(5))));
    Eventually.holds(() -> test.world.listeners(ALICE) == 0);
  }

  @Test
  public void whatIsDeniedIsToldWithItsReason() throws Exception {
    var asked = ask();
    test.desk.take(heard());
    AccessRequests.Asked waits = Stages.value(asked);
    test.desk.deny(waits.wish().id(), "use the test device");
    SessionRefused no = Stages.failure(SessionRefused.class, waits.granted());
    assertThat(no.getMessage(), containsString("use the test device"));
  }

  @Test
  public void silenceIsTheNameOfADeviceThatDoesNotHear() {
    DeviceOffline silent = Stages.failure(DeviceOffline.class, ask(Duration.ofMillis(50)));
    assertThat(silent.getMessage(), containsString("askers"));
    assertThat(test.world.listeners(ALICE), is(0));
  }

  @Test
  public void whatOthersSayIsNothing() throws Exception {
    var asked = ask();
    String id = heard().id();
    say("@mallory", RealKeys.of("@mallory"), granted(id));
    say("@device", RealKeys.of("@device"), granted("0".repeat(32)));
    test.desk.take(heard());
    assertThat(
        "the device's word counts alone",
        Stages.value(asked).granted().toCompletableFuture().isDone(),
        is(false));
  }

  @Test
  public void anAnswerThatAnotherHasSignedIsRefused() throws Exception {
    var asked = ask();
    say("@device", RealKeys.of("@mallory"), granted(heard().id()));
    Stages.failure(PeerUnverified.class, asked);
  }

  @Test
  public void aDeviceWhoseKeyHasChangedIsNotBelieved() throws Exception {
    test.pins.keep(
        new Pin(
            TestDesk.DEVICE.atSign(),
            Optional.of(TestDesk.DEVICE.name()),
            Map.of(
                Pin.RSA_2048,
                Fingerprint.ofPublicKey(RealKeys.of("@mallory").encryptionPublicKey())),
            Level.L0,
            Instant.EPOCH,
            Pin.FIRST_CONTACT));
    var asked = ask();
    say("@device", RealKeys.of("@device"), granted(heard().id()));
    Stages.failure(PeerKeyChanged.class, asked);
  }

  @Test
  public void whoeverWaitsNoLongerHearsNothingMore() throws Exception {
    var asked = ask();
    test.desk.take(heard());
    Stages.value(asked).granted().toCompletableFuture().cancel(true);
    assertThat(test.world.listeners(ALICE), is(0));
    assertThat("the request stays", test.desk.all(), hasSize(1));
  }
}
