package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.atserver.Notification;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.health.Health;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.relay.RelayCredential;
import org.noports.api.session.SessionFacts;
import org.noports.api.tunnel.DirectionKey;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.protocol.session.WrappedKeys;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.FakeEnd;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

public final class AdmitSessionTest {
  @Rule public final TestDevice test = new TestDevice();
  private final SessionId session = SessionId.random();
  private ScriptedClient alice;
  private ScriptedClient mallory;

  @Before
  public void twoClients() throws Exception {
    alice = new ScriptedClient(test.world, "@alice");
    mallory = new ScriptedClient(test.world, "@mallory");
  }

  private void start() throws Exception {
    test.start(new TestDevice.Config());
  }

  @Test
  public void aManagerGetsASessionAndTheKeysThatTheDeviceUses() throws Exception {
    start();
    alice.ask(alice.request(session));
    SessionResponse.Connected yes = verified(alice.hear());
    assertThat(yes.sessionId(), is(session));
    FakeEnd end = test.ends.opened().get(0);
    assertThat(end.target(), is(Optional.of(Target.of("localhost:22"))));
    assertThat(end.origin().orElseThrow().client(), is(AtSign.of("@alice")));
    WrappedKeys.Twin keys = (WrappedKeys.Twin) yes.keys();
    SessionKeys clear = (SessionKeys) end.plan().protection();
    assertOpensTo(keys.clientToDevice(), clear.clientToDevice());
    assertOpensTo(keys.deviceToClient(), clear.deviceToClient());
    SessionFacts facts = test.device.running().get(0);
    assertThat(facts.level(), is(Level.L1));
    assertThat(facts.rule(), is(Optional.of("managers")));
    assertThat(facts.relayAddress(), is("relay.example.org:40002"));
    assertThat(test.audit.events(Receipts.OPENED), hasSize(1));
  }

  @Test
  public void sessionsEndWithTheEnrollmentOfTheDevicesAtSignAndItAsksForAnother() throws Exception {
    start();
    alice.ask(alice.request(session));
    verified(alice.hear());
    EnrollmentEnded revoked = new EnrollmentEnded("revoked for @device");
    test.device.ended(AtSign.of("@somebody"), revoked);
    assertThat(test.device.running().size(), is(1));
    test.device.ended(AtSign.of("@device"), revoked);
    Eventually.holds(() -> test.device.running().isEmpty());
    assertThat(
        test.audit.events(Receipts.ENDED).get(0).details().get("reason"),
        is("revoked for @device"));
    Eventually.holds(() -> test.device.check().status() == Health.Status.OK);
    alice.ask(alice.request(SessionId.random()));
    verified(alice.hear());
  }

  @Test
  public void theDeviceEndStandsBeforeTheClientHearsYes() throws Exception {
    start();
    CompletableFuture<Void> opening = new CompletableFuture<>();
    test.ends.openAfter(opening);
    alice.ask(alice.request(session));
    alice.ping();
    assertThat(alice.hear().name(), is("heartbeat.dev1.sshnp"));
    assertThat(alice.heardNothing(), is(true));
    opening.complete(null);
    assertThat(verified(alice.hear()).sessionId(), is(session));
  }

  @Test
  public void aClientWithAllItsSessionsIsToldSoUntilOneEnds() throws Exception {
    TestDevice.Config one = new TestDevice.Config();
    one.maxSessionsPerClient = 1;
    test.start(one);
    alice.ask(alice.request(session));
    assertThat(verified(alice.hear()).sessionId(), is(session));
    alice.ask(alice.request(SessionId.random()));
    assertThat(
        alice.hear().value(), containsString("@alice has 1 sessions with this device, and more"));
    assertThat(test.device.end(session, "the test"), is(true));
    Eventually.holds(() -> test.device.running().isEmpty());
    SessionId next = SessionId.random();
    alice.ask(alice.request(next));
    assertThat(verified(alice.hear()).sessionId(), is(next));
  }

  @Test
  public void aClientWithAnotherKeyThanBeforeIsRefusedUntilItIsForgotten() throws Exception {
    start();
    alice.ask(alice.request(session));
    verified(alice.hear());
    RealKeys impostor = RealKeys.impostorOf("@alice");
    test.world.swapKey(impostor.atSign(), impostor.encryptionPublicKey());
    alice.ask(alice.request(SessionId.random()), impostor::signAsEncryption);
    assertThat(alice.hear().value(), containsString("learnt at first contact"));
    assertThat(
        test.audit.events(Receipts.REFUSED).get(0).details().get("rule"), is("peer-key-changed"));
    assertThat(test.ends.opened(), hasSize(1));
    test.pins.forget(impostor.atSign(), Optional.empty());
    alice.ask(alice.request(SessionId.random()), impostor::signAsEncryption);
    verified(alice.hear());
  }

  @Test
  public void aStrangerHearsNothingAndIsAudited() throws Exception {
    start();
    mallory.ask(mallory.request(session));
    Eventually.holds(() -> !test.audit.events(Receipts.REFUSED).isEmpty());
    assertThat(
        test.audit.events(Receipts.REFUSED).get(0).details().get("rule"), is("default-deny"));
    assertThat(mallory.heardNothing(), is(true));
    assertThat(test.ends.opened(), is(empty()));
  }

  @Test
  public void withoutAPolicyEverybodyIsDenied() throws Exception {
    start();
    test.neighbours.unbindPolicy(test.policy);
    alice.ask(alice.request(session));
    assertSilentlyRefused("no-policy");
  }

  @Test
  public void anEvaluatorThatFailsDenies() throws Exception {
    start();
    test.neighbours.bindPolicy(
        request -> CompletableFuture.failedFuture(new Error("broken")), Map.of());
    alice.ask(alice.request(session));
    assertSilentlyRefused("policy-error");
  }

  @Test
  public void anEvaluatorThatNeverDecidesDenies() throws Exception {
    TestDevice.Config config = new TestDevice.Config();
    config.policyTimeoutSeconds = 1;
    test.start(config);
    test.neighbours.bindPolicy(request -> new CompletableFuture<Decision>(), Map.of());
    alice.ask(alice.request(session));
    assertSilentlyRefused("policy-timeout");
  }

  @Test
  public void aNoOfAnyEvaluatorIsANo() throws Exception {
    start();
    test.neighbours.bindPolicy(
        request ->
            CompletableFuture.completedFuture(new Decision.Deny("closed", "it is Sunday", "r7")),
        Map.of(PolicyEvaluator.NAME, "hours"));
    alice.ask(alice.request(session));
    assertSilentlyRefused("closed");
  }

  @Test
  public void anEvaluatorThatKnowsNothingOfARequestLeavesItToTheOthers() throws Exception {
    start();
    test.neighbours.bindPolicy(
        request ->
            CompletableFuture.completedFuture(new Decision.Abstain("default-deny", "unknown")),
        Map.of(PolicyEvaluator.NAME, "elsewhere"));
    alice.ask(alice.request(session));
    verified(alice.hear());
    assertThat(test.ends.opened(), hasSize(1));
  }

  @Test
  public void withoutAnEvaluatorThatItMustNotDoWithoutNobodyIsLetIn() throws Exception {
    TestDevice.Config config = new TestDevice.Config();
    config.requireEvaluators = "managers, hours";
    test.device.configure(config);
    Eventually.holds(() -> test.device.check().message().contains("names hours, of which"));
    alice.ask(alice.request(session));
    assertSilentlyRefused("policy-absent");
    test.neighbours.bindPolicy(
        request -> CompletableFuture.completedFuture(new Decision.Abstain("hours", "it is open")),
        Map.of(PolicyEvaluator.NAME, "hours"));
    assertThat(test.device.check().status(), is(Health.Status.OK));
    alice.ask(alice.request(SessionId.random()));
    Eventually.holds(() -> test.ends.opened().size() == 1);
  }

  private void assertSilentlyRefused(String rule) throws Exception {
    Eventually.holds(() -> !test.audit.events(Receipts.REFUSED).isEmpty());
    assertThat(test.audit.events(Receipts.REFUSED).get(0).details().get("rule"), is(rule));
    assertThat(test.ends.opened(), is(empty()));
  }

  @Test
  public void aSignatureByAnotherKeyIsRefusedInTheReferencesWords() throws Exception {
    start();
    RealKeys impostor = RealKeys.impostorOf("@alice");
    alice.ask(alice.request(session), impostor::signAsEncryption);
    assertThat(
        alice.hear().value(),
        startsWith(
            "Signature not verified: Likely that the client atSign's public key has changed: "));
    assertThat(test.ends.opened(), is(empty()));
  }

  @Test
  public void aKeyThatCannotBeReadNowProvesNothingAndTheClientMayAskAgain() throws Exception {
    start();
    test.world.withholdKey(AtSign.of("@alice"), true);
    NptRequest request = alice.request(session);
    alice.ask(request);
    assertThat(
        alice.hear().value(),
        startsWith("Try again: the key of @alice cannot be looked up now: The atServer of @alice"));
    assertThat(test.ends.opened(), is(empty()));
    test.world.withholdKey(AtSign.of("@alice"), false);
    alice.ask(request);
    assertThat("it was not used up", verified(alice.hear()).sessionId(), is(session));
  }

  @Test
  public void aKeyThatIsNotPublishedIsAsGoodAsAWrongOne() throws Exception {
    start();
    test.world.hideKey(AtSign.of("@alice"));
    alice.ask(alice.request(session));
    assertThat(alice.hear().value(), startsWith("Signature not verified: "));
    assertThat(test.ends.opened(), is(empty()));
  }

  @Test
  public void theSameRequestTwiceOpensOnce() throws Exception {
    start();
    NptRequest request = alice.request(session);
    alice.ask(request);
    verified(alice.hear());
    alice.ask(request);
    Eventually.holds(() -> !test.audit.events(Receipts.REFUSED).isEmpty());
    assertThat(test.audit.events(Receipts.REFUSED).get(0).details().get("rule"), is("replayed"));
    assertThat(alice.heardNothing(), is(true));
    assertThat(test.ends.opened(), hasSize(1));
  }

  @Test
  public void theDevicesOwnListRefusesInTheReferencesWords() throws Exception {
    start();
    alice.ask(to(alice.request(session), "localhost", 5432));
    assertThat(
        alice.hear().value(),
        is(
            "Connection to localhost:5432 denied based on daemon --permit-open"
                + " [localhost:22, localhost:3389]"));
  }

  @Test
  public void thePolicysListRefusesInTheReferencesWords() throws Exception {
    start();
    test.policy.permitOpen = PermitOpen.listOf("*:443");
    alice.ask(alice.request(session));
    assertThat(
        alice.hear().value(),
        is("Connection to localhost:22 denied based on POLICY --permit-open [*:443]"));
  }

  @Test
  public void aClientWithoutTwinKeysIsRefusedUnlessConfigurationAllowsIt() throws Exception {
    start();
    alice.ask(withoutTwinKeys(alice.request(session)));
    assertThat(alice.hear().value(), containsString("allowInsecureL0"));

    TestDevice.Config insecure = new TestDevice.Config();
    insecure.allowInsecureL0 = true;
    test.device.configure(insecure);
    alice.ask(withoutTwinKeys(alice.request(SessionId.random())));
    assertThat(verified(alice.hear()).keys(), instanceOf(WrappedKeys.Legacy.class));
    assertThat(test.device.running().get(0).level(), is(Level.L0));
  }

  @Test
  public void aSessionThatNobodyProvesOrSealsIsRefusedAndNoRelayIsDialled() throws Exception {
    start();
    alice.ask(plain(alice.request(session), false, true));
    assertThat(alice.hear().value(), containsString("ask with authenticateToRvd true"));
    alice.ask(plain(alice.request(SessionId.random()), true, false));
    assertThat(alice.hear().value(), containsString("ask with encryptRvdTraffic true"));
    assertThat(test.ends.opened(), is(empty()));
    assertThat(test.relay.dials(), is(empty()));
  }

  private static NptRequest plain(NptRequest r, boolean authenticate, boolean encrypt) {
    return new NptRequest(
        r.sessionId(),
        r.rvdHost(),
        r.rvdPort(),
        r.requestedPort(),
        r.requestedHost(),
        authenticate,
        r.relayAuthMode(),
        r.relayAuthAesKey(),
        r.clientNonce(),
        r.rvdNonce(),
        encrypt,
        r.clientEphemeralPk(),
        r.clientEphemeralPkType(),
        r.timeout(),
        r.twinKeys(),
        r.relayAtSign());
  }

  @Test
  public void aRelayThatIsGoneIsToldByName() throws Exception {
    start();
    test.ends.refuse(new RelayUnavailable("relay.example.org:40002 does not answer"));
    alice.ask(alice.request(session));
    assertThat(
        alice.hear().value(),
        is(
            "Failed to start up the daemon side of the relay socket tunnel : "
                + "relay.example.org:40002 does not answer"));
    assertThat(test.device.running(), is(empty()));
  }

  @Test
  public void theRelayIsShownTheSignedLineOrTheAnswerToAChallengeAsAsked() throws Exception {
    start();
    alice.ask(alice.request(session));
    verified(alice.hear());
    alice.ask(withChallenge(alice.request(SessionId.random())));
    verified(alice.hear());
    test.ends.opened().forEach(end -> end.plan().leg().dial());
    assertThat(
        test.relay.dials().get(0).credential(), instanceOf(RelayCredential.SignedLine.class));
    RelayCredential.ChallengeResponse challenge =
        (RelayCredential.ChallengeResponse) test.relay.dials().get(1).credential();
    assertThat(challenge.signingKeyUri(), is("public:_apsk.primary.a.__e@device"));
    assertThat(
        test.world.values().get("public:_apsk.primary.a.__e@device"),
        is(RealKeys.of("@device").authenticationPublicKey()));
  }

  @Test
  public void whatCannotBeReadIsSilentAuditedAndHarmless() throws Exception {
    start();
    alice.say("npt_request.dev1.sshnp", "{\"payload\":");
    alice.say("npt_request.dev1.sshnp", "hello");
    Eventually.holds(() -> test.audit.events(Receipts.OTHER_REFUSED).size() == 2);
    assertThat(alice.heardNothing(), is(true));
    alice.ask(alice.request(session));
    assertThat(verified(alice.hear()).sessionId(), is(session));
  }

  @Test
  public void aChangedConfigurationKeepsSessionsAndAStoppedDeviceEndsThem() throws Exception {
    start();
    alice.ask(alice.request(session));
    verified(alice.hear());
    TestDevice.Config config = new TestDevice.Config();
    // Something that withdraws nothing: what is withdrawn ends, sooner or later than the device.
    config.permitOpen = "localhost:22,localhost:443";
    test.device.configure(config);
    assertThat(test.ends.opened().get(0).isOver(), is(false));
    test.device.stop();
    assertThat(test.ends.opened().get(0).isOver(), is(true));
    assertThat(
        test.audit.events(Receipts.ENDED).get(0).details().get("reason"),
        is("the device was stopped"));
  }

  @Test
  public void freshKeysAndWhatWasCarriedAreAudited() throws Exception {
    start();
    alice.ask(alice.request(session));
    verified(alice.hear());
    FakeEnd end = test.ends.opened().get(0);
    Suite suite = Suite.X25519_AES_256_GCM;
    SuiteChange fresh =
        new SuiteChange(Instant.EPOCH, 0, 7, suite, suite, true, "its time", "ours");
    // The client hears of the session before the device watches it.
    Eventually.holds(
        () -> {
          end.change(fresh);
          return !test.audit.events(Receipts.REKEYED).isEmpty();
        });
    assertThat(test.audit.events(Receipts.REKEYED).get(0).details().get("epoch"), is("7"));
    end.carry(new SessionEnd.Traffic(0, 2, 1000, 3000));
    end.lose("enough");
    Map<String, String> ended = test.audit.events(Receipts.ENDED).get(0).details();
    assertThat(ended.get("connections"), is("2"));
    assertThat(ended.get("bytesSent"), is("1000"));
    assertThat(ended.get("bytesReceived"), is("3000"));
  }

  @Test
  public void aSessionThatCannotBeKeptIsRefusedWhereThatIsRequired() throws Exception {
    TestDevice.Config config = new TestDevice.Config();
    config.requireAudit = true;
    test.start(config);
    test.audit.trouble("the disk is full");
    alice.ask(alice.request(session));
    assertThat(alice.hear().value(), containsString("its audit cannot keep events"));
    assertThat(test.audit.events(Receipts.REFUSED).get(0).details().get("rule"), is("audit"));

    test.audit.trouble("");
    SessionId second = SessionId.random();
    alice.ask(alice.request(second));
    verified(alice.hear());
  }

  @Test
  public void aSessionEndsByItsIdAndSaysWhy() throws Exception {
    start();
    alice.ask(alice.request(session));
    verified(alice.hear());
    assertThat(test.device.end(session, "maintenance"), is(true));
    assertThat(test.device.running(), is(empty()));
    assertThat(test.audit.events(Receipts.ENDED).get(0).details().get("reason"), is("maintenance"));
    assertThat(test.device.end(session, "maintenance"), is(false));
  }

  @Test
  public void aRestartedAtServerClientIsHeardAgainAndSessionsGoOn() throws Exception {
    start();
    alice.ask(alice.request(session));
    verified(alice.hear());
    test.device.unbindAtServers(test.world);
    assertThat(test.device.check().status(), is(Health.Status.DEGRADED));
    assertThat(test.world.listeners(ScriptedClient.DEVICE), is(0));
    test.device.bindAtServers(test.world);
    Eventually.holds(() -> test.device.check().status() == Health.Status.OK);
    assertThat(test.ends.opened().get(0).isOver(), is(false));
    alice.ask(alice.request(SessionId.random()));
    assertThat(verified(alice.hear()).sessionId(), is(not(session)));
  }

  private static SessionResponse.Connected verified(Notification answer) throws Exception {
    SignedEnvelope envelope = SignedEnvelope.parse(answer.value());
    boolean genuine =
        new JdkCiphers()
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(
                RealKeys.of("@device").encryptionPublicKey(),
                envelope.signedBytes(),
                envelope.signatureBytes());
    assertThat(genuine, is(true));
    return SessionResponse.Connected.parse(envelope.payload());
  }

  private void assertOpensTo(WrappedKeys.WrappedKey wrapped, DirectionKey key) throws Exception {
    byte[] text = alice.ephemeral().unwrap(Base64.getDecoder().decode(wrapped.key()));
    assertThat(
        Arrays.equals(Base64.getDecoder().decode(text), key.key().exposeSecretBytes()), is(true));
    byte[] iv = alice.ephemeral().unwrap(Base64.getDecoder().decode(wrapped.iv()));
    assertThat(Arrays.equals(Base64.getDecoder().decode(iv), key.iv()), is(true));
  }

  private static NptRequest to(NptRequest r, String host, int port) {
    return copy(r, host, port, r.relayAuthMode(), r.relayAuthAesKey(), r.twinKeys());
  }

  private static NptRequest withoutTwinKeys(NptRequest r) {
    return copy(r, r.requestedHost(), 22, r.relayAuthMode(), r.relayAuthAesKey(), false);
  }

  private static NptRequest withChallenge(NptRequest r) {
    String key = Base64.getEncoder().encodeToString(new byte[32]);
    return copy(r, r.requestedHost(), 22, RelayAuthMode.ESCR, Optional.of(key), true);
  }

  private static NptRequest copy(
      NptRequest r,
      String host,
      int port,
      RelayAuthMode mode,
      Optional<String> relayKey,
      boolean twinKeys) {
    return new NptRequest(
        r.sessionId(),
        r.rvdHost(),
        r.rvdPort(),
        port,
        host,
        true,
        mode,
        relayKey,
        r.clientNonce(),
        r.rvdNonce(),
        true,
        r.clientEphemeralPk(),
        r.clientEphemeralPkType(),
        r.timeout(),
        twinKeys,
        r.relayAtSign());
  }
}
