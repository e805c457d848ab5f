package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.CipherUnavailable;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceOffline;
import org.noports.api.LocalAddressUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.relay.RelayCredential;
import org.noports.api.session.HandshakeStep;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.session.ClientClaims;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeEnd;
import org.noports.testkit.fakes.PosingKey;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.UpstreamObjections;

public final class OpenTunnelTest {
  @Rule public final TestClient test = new TestClient();

  @Test
  public void aTunnelStandsWithTheKeysThatTheDeviceCut() {
    TunnelSession tunnel = Stages.value(test.open());
    SessionFacts facts = tunnel.facts();
    assertThat(facts.level(), is(Level.L1));
    assertThat(facts.relayAddress(), is("relay.example.org:40001"));
    assertThat(facts.local(), is(Optional.of(TestClient.LOCAL)));
    assertThat(facts.state(), is("open"));
    FakeEnd end = test.ends.opened().get(0);
    byte[] key = ((SessionKeys) end.plan().protection()).clientToDevice().key().exposeSecretBytes();
    assertThat(Base64.getEncoder().encodeToString(key), is(test.device.wrapped.get(0)));
    assertThat(end.plan().heartbeat(), is(Optional.of(Duration.ofSeconds(30))));
    assertThat(test.ends.bound().get(0).serving().orElseThrow(), is(end));
    assertThat(test.audit.events(Receipts.OPENED), hasSize(1));
    assertThat(test.world.listeners(TestClient.ALICE), is(0));
  }

  @Test
  public void everyStepIsToldOnceAndReadyIsLast() {
    List<HandshakeStep> steps = new CopyOnWriteArrayList<>();
    Stages.value(
        test.client.open(
            TestClient.request(TestClient.DEVICE, ScriptedRelay.AT_SIGN, false),
            (step, took, detail) -> steps.add(step)));
    assertThat(steps, hasSize(HandshakeStep.values().length));
    assertThat(steps.get(0), is(HandshakeStep.LOCAL_BOUND));
    assertThat(steps.get(steps.size() - 1), is(HandshakeStep.READY));
  }

  @Test
  public void aRelayThatFindsOutIsAnsweredByChallengeOnBothSides() {
    Stages.value(test.open());
    NptRequest request = test.device.requests.get(0);
    assertThat(request.relayAuthMode(), is(RelayAuthMode.ESCR));
    assertThat(request.relayAuthAesKey(), is(test.relay.requests.get(0).relayAuthAesKey()));
    assertThat(test.relay.requests.get(0).relayAuthMode(), is(RelayAuthMode.PAYLOAD));
    assertThat(test.relay.modes, hasSize(1));
    assertThat(credential(), instanceOf(RelayCredential.ChallengeResponse.class));
    assertThat(
        test.world.values().get("public:_apsk.primary.a.__e@alice"),
        is(RealKeys.of("@alice").authenticationPublicKey()));
  }

  @Test
  public void anOlderRelayIsShownTheSignedLine() {
    test.relay.findsOut = false;
    test.relay.json = false;
    Stages.value(test.open());
    assertThat(test.device.requests.get(0).relayAuthMode(), is(RelayAuthMode.PAYLOAD));
    assertThat(test.device.requests.get(0).relayAuthAesKey(), is(Optional.empty()));
    assertThat(test.relay.modes, is(empty()));
    assertThat(credential(), instanceOf(RelayCredential.SignedLine.class));
  }

  @Test
  public void aYesThatTheDeviceTakesBackAtTheRelayIsARefusalInItsWords() throws Exception {
    test.ends.openAfter(new CompletableFuture<>());
    CompletableFuture<TunnelSession> opening = test.open();
    Eventually.holds(() -> !test.ends.asked().isEmpty());
    test.device.takeBack(AtSign.of("@alice"), "Not permitted by rule 'plant-only'");
    assertThat(
        Stages.failure(SessionRefused.class, opening).getMessage(),
        is("dev1@device refuses: Not permitted by rule 'plant-only'"));
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void whatItsUserSaysOfItsPlaceIsSignedAndOtherwiseNothingIs() {
    Stages.value(test.open());
    test.configure("from", "@alice", "relay", "@relay", "zone", "Europe/Berlin");
    Stages.value(test.open());
    test.configure("from", "@alice", "relay", "@relay", "zone", "system");
    Stages.value(test.open());
    assertThat(
        test.device.payloads.stream().map(ClientClaims::of).map(ClientClaims::zone).toList(),
        is(
            List.of(
                Optional.empty(),
                Optional.of("Europe/Berlin"),
                Optional.of(ZoneId.systemDefault().getId()))));
    assertThat(test.device.payloads.get(0).has(ClientClaims.FIELD), is(false));
  }

  /** As relays read it: at most 4096 bytes, compared with one RSA key. */
  private String answerToRelay(RelayCredential credential) throws Exception {
    RelayCredential.ChallengeResponse known = (RelayCredential.ChallengeResponse) credential;
    EscrResponse response =
        EscrResponse.sign(
            known.session(),
            EscrChallenge.parse("paWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaU="),
            known.side(),
            known.signingKeyUri(),
            known.signer()::signAsAuthentication);
    EscrLine line = EscrLine.seal(known.session(), response, new byte[16], (iv, bytes) -> bytes);
    return new String(line.toLine(), StandardCharsets.US_ASCII);
  }

  @Test
  public void anAtSignThatSignsByMlDsaReachesDevicesAndRelaysThatKnowNothingOfIt()
      throws Exception {
    RealKeys alice = RealKeys.of("@alice").signingAlsoBy(PosingKey.cut());
    test.identities.with(alice);
    test.ciphers.verifyPostQuantum(true);
    test.ciphers.add(Suite.X25519_AES_256_GCM);
    test.configure("from", "@alice", "relay", "@relay", "np2", "true");
    test.device.foreign = true;
    assertThat(Stages.value(test.open()).facts().level(), is(Level.L1));
    assertThat(
        UpstreamObjections.ofRelay(test.world, alice.atSign(), answerToRelay(credential())),
        is(empty()));
    assertThat(
        test.world.values().get("public:np2_sign.primary.sshnp@alice"),
        containsString(alice.signingKey().orElseThrow().publicKey()));
  }

  @Test
  public void anAtSignThatPublishesAListIsRefusedByThemAsItsSettingSays() throws Exception {
    test.identities.with(RealKeys.of("@alice").signingAlsoBy(PosingKey.cut()).publishingList());
    Stages.value(test.open());
    assertThat(
        "relays are shown the older line",
        credential(),
        instanceOf(RelayCredential.SignedLine.class));
    test.device.foreign = true;
    assertThat(
        Stages.failure(SessionRefused.class, test.open()).getMessage(),
        containsString("_apsk is not one bare key"));
  }

  private RelayCredential credential() {
    test.ends.opened().get(0).plan().leg().dial();
    return test.transport.dials().get(0).credential();
  }

  @Test
  public void aPortInUseFailsBeforeAnybodyIsAsked() {
    test.ends.occupy(TestClient.LOCAL);
    assertFails(LocalAddressUnavailable.class, "in use");
    assertThat(test.world.sent(), is(empty()));
  }

  @Test
  public void anUnknownAtSignFailsAtOnce() {
    DeviceAddress nobody = new DeviceAddress(AtSign.of("@nobody"), ScriptedDevice.NAME);
    AtSignNotFound failure =
        Stages.failure(
            AtSignNotFound.class,
            test.open(TestClient.request(nobody, ScriptedRelay.AT_SIGN, false)));
    assertThat(failure.getMessage(), containsString("@nobody"));
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void aRelayThatDoesNotAnswerIsNamed() {
    test.configure("relayTimeoutSeconds", "1");
    test.relay.answers = false;
    assertFails(RelayUnavailable.class, "@relay did not answer within 1 s");
  }

  @Test
  public void aRelaysRefusalIsQuoted() {
    test.relay.nack = Optional.of("no ports left");
    assertFails(RelayUnavailable.class, "no ports left");
  }

  @Test
  public void anImpostorsAnswerForTheRelayIsNotTaken() {
    test.configure("relayTimeoutSeconds", "1");
    test.relay.voice = test.world.of(AtSign.of("@mallory"));
    assertFails(RelayUnavailable.class, "@relay did not answer");
  }

  @Test
  public void aDeviceThatDoesNotAnswerIsNamedWithWhatToDo() {
    test.configure("deviceTimeoutSeconds", "1");
    test.device.answersPings = false;
    assertFails(DeviceOffline.class, "dev1@device did not answer within 1 s");
  }

  @Test
  public void anAnswerThatIsOlderThanTheQuestionIsSomebodyElses() {
    test.configure("deviceTimeoutSeconds", "1");
    test.world.lag(Duration.ofSeconds(10));
    assertFails(DeviceOffline.class, "dev1@device did not answer within 1 s");
  }

  @Test
  public void aDeviceThatPingsAndThenFallsSilentIsNamed() {
    test.configure("responseTimeoutSeconds", "1");
    test.device.answersRequests = false;
    assertFails(DeviceOffline.class, "answered a ping");
  }

  @Test
  public void aDeviceThatFallsSilentIsQuotedWithWhatItPermits() {
    test.configure("responseTimeoutSeconds", "1");
    test.device.answersRequests = false;
    assertFails(DeviceOffline.class, "permits [localhost:22]");
  }

  @Test
  public void aDeviceWhoseTimeoutIsFixedIsReachedWithThatTimeoutAndNoOther() {
    test.device.adjustsTimeout = false;
    SessionRefused refused =
        Stages.failure(
            SessionRefused.class,
            test.open(TestClient.request(TestClient.DEVICE, ScriptedRelay.AT_SIGN, true)));
    assertThat(refused.getMessage(), containsString("connect --grace 30"));
    assertThat(Stages.value(test.open()).facts().state(), is("open"));
  }

  @Test
  public void theDevicesRefusalIsQuoted() {
    test.device.refusal = Optional.of("Connection to localhost:22 denied");
    assertFails(SessionRefused.class, "Connection to localhost:22 denied");
    assertThat(
        test.audit.events(Receipts.REFUSED).get(0).details().get("rule"), is("session-refused"));
  }

  @Test
  public void aDeviceThatDoesNotKnowNowIsToBeAskedAgain() {
    test.device.refusal = Optional.of("Try again: the key of @alice cannot be looked up now: slow");
    assertFails(AtServerUnavailable.class, "refuses for now: Try again: the key of @alice");
  }

  @Test
  public void whatPeersSayCommandsNoTerminalAndForgesNoLogLine() {
    String nasty = "no\u001b]0;owned\u0007\r\nsession-opened: all is well\u009b2J";
    test.device.refusal = Optional.of(nasty);
    assertFails(SessionRefused.class, "refuses: no?]0;owned???session-opened: all is well?2J");
    test.relay.nack = Optional.of(nasty);
    assertFails(RelayUnavailable.class, "refuses: no?]0;owned???session-opened: all is well?2J");
  }

  @Test
  public void anAnswerSignedByAnotherKeyIsNotBelieved() {
    test.device.signer = RealKeys.impostorOf("@device");
    assertFails(PeerUnverified.class, "not signed by the key that @device publishes");
  }

  @Test
  public void anAnswerAboutAnotherSessionIsNotBelieved() {
    test.device.otherSession = Optional.of(SessionId.random());
    assertFails(PeerUnverified.class, "another session");
  }

  @Test
  public void aDeviceWithoutTwinKeysIsRefusedUnlessConfigurationAllowsIt() {
    test.device.twinKeys = false;
    test.device.sendsTwinKeys = false;
    assertFails(SessionRefused.class, "allowInsecureL0");
    assertThat(test.device.requests, is(empty()));
    test.configure("allowInsecureL0", "true");
    assertThat(Stages.value(test.open()).facts().level(), is(Level.L0));
  }

  @Test
  public void oneKeyInsteadOfTwinsIsRefusedThoughTheDevicePromisedTwins() {
    test.device.sendsTwinKeys = false;
    assertFails(SessionRefused.class, "allowInsecureL0");
  }

  @Test
  public void aRelayThatCannotBeDialledFailsByName() {
    test.ends.refuse(new RelayUnavailable("relay.example.org:40001 does not answer"));
    assertFails(RelayUnavailable.class, "does not answer");
  }

  @Test
  public void withoutCiphersASessionFailsByName() {
    test.ciphers.withdraw();
    assertFails(CipherUnavailable.class, "not present");
  }

  @Test
  public void withoutAnAtServerClientASessionFailsByName() {
    test.neighbours.unbindAtServers(test.world);
    assertFails(NoPortsException.class, "org.noports.atserver is not running here");
  }

  private void assertFails(Class<? extends NoPortsException> type, String says) {
    NoPortsException failure = Stages.failure(type, test.open());
    assertThat(failure.getMessage(), containsString(says));
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void cancellingWhileWaitingLeavesNothingBehind() throws Exception {
    test.device.answersPings = false;
    CompletableFuture<TunnelSession> opening = test.open();
    Eventually.holds(() -> !test.relay.requests.isEmpty());
    opening.cancel(true);
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void whoAsksWhileAnotherWaitsSharesItsPingAndKeepsItWhenTheOtherLeaves() throws Exception {
    test.device.answersPings = false;
    CompletableFuture<TunnelSession> first = test.open();
    CompletableFuture<TunnelSession> second = test.open();
    Eventually.holds(() -> test.relay.requests.size() == 2);
    assertThat(
        test.world.sent().stream()
            .filter(message -> message.name().startsWith(MessageNames.PING))
            .toList(),
        hasSize(1));
    first.cancel(true);
    test.device.beat(TestClient.ALICE);
    Stages.value(second).close();
  }

  @Test
  public void whatArrivesAfterCancellingIsClosed() throws Exception {
    CompletableFuture<Void> late = new CompletableFuture<>();
    test.ends.openAfter(late);
    CompletableFuture<TunnelSession> opening = test.open();
    Eventually.holds(() -> !test.ends.asked().isEmpty());
    opening.cancel(true);
    assertThat(test.ends.bound().get(0).closed(), is(true));
    late.complete(null);
    Eventually.holds(test::nothingLeft);
  }
}
