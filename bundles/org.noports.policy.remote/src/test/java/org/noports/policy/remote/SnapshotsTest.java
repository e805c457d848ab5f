package org.noports.policy.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.policy.PolicyHeartbeat;
import org.noports.protocol.policy.PolicySnapshot;
import org.noports.protocol.policy.RpcNames;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.TestClock;
import org.noports.testkit.fakes.FakeAtServerSession;
import org.noports.testkit.fakes.FakeAtServers;
import org.noports.testkit.fakes.FakePins;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.fakes.RecordingAudit;

/** A policy service that has sent its rules, and does not answer any more. */
public class SnapshotsTest {
  private static final RealKeys POLICY = RealKeys.of("@policy");
  private static final DeviceAddress DEV1 =
      new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));
  private static final DeviceAddress DEV2 =
      new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev2"));

  private final FakeAtServers atServers = new FakeAtServers();
  private final FakeAtServerSession post = atServers.of(DEV1.atSign());
  private final RecordingAudit audit = new RecordingAudit();
  private final FakePins pins = new FakePins();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final BlockingQueue<Integer> changes = new LinkedBlockingQueue<>();
  private RemotePolicy policy;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Before
  public void start() {
    atServers.publish(POLICY);
    policy = begin();
  }

  /** What a start of the process makes. */
  private RemotePolicy begin() {
    Neighbours neighbours = new Neighbours();
    neighbours.bindCiphers(new JdkCiphers());
    neighbours.bindPins(pins);
    neighbours.bindBooks(LineBook.READER);
    neighbours.bindAudit(audit);
    RemotePolicy begun = new RemotePolicy(neighbours, clock);
    begun.bindAtServers(atServers);
    begun.configure(new Config("@policy", 1, 15, 300, "1h", folder.getRoot().toString()));
    begun.onChange(() -> changes.add(1));
    return begun;
  }

  @After
  public void stop() {
    policy.deactivate();
  }

  private Decision ask(String client) {
    return Stages.value(
        policy.decide(
            new AccessRequest(
                AtSign.of(client),
                DEV1,
                "__none__",
                RequestKind.TUNNEL,
                Optional.of(Target.of("localhost:22")),
                Circumstances.at(clock.instant()))));
  }

  private PolicySnapshot snapshot(DeviceAddress device, String book) {
    return PolicySnapshot.of(POLICY.atSign(), device, clock.instant(), book);
  }

  private static String signed(PolicySnapshot snapshot, RealKeys signer) {
    return SignedEnvelope.sign(snapshot.toPayload(), signer::signAsEncryption).toText();
  }

  private void push(String text) {
    post.deliver(POLICY.atSign(), RpcNames.snapshot(DEV1.name()), text);
  }

  /** Sends rules that are taken, and waits until they are. */
  private void taken(String book) throws Exception {
    changes.clear();
    push(signed(snapshot(DEV1, book), POLICY));
    assertTrue("they are taken", changes.poll(60, TimeUnit.SECONDS) != null);
  }

  /** Sends what is refused, and returns the reason. */
  private String refused(String text) throws Exception {
    int before = audit.events("policy-snapshot-refused").size();
    push(text);
    Eventually.holds(() -> audit.events("policy-snapshot-refused").size() > before);
    return audit.events("policy-snapshot-refused").get(before).details().get("reason");
  }

  private void meet() {
    ask("@somebody");
    assertEquals(Health.Status.DOWN, policy.check().status());
  }

  @Test
  public void decisionsGoOnByTheLastRulesUntilTheyAreTooOld() throws Exception {
    meet();
    taken("permit @client");
    Decision.Permit yes = (Decision.Permit) ask("@client");
    assertEquals("line", yes.rule());
    assertEquals(Optional.of(Instant.parse("2026-11-21T13:00:00Z")), yes.until());
    assertThat(ask("@nobody"), instanceOf(Decision.Abstain.class));
    assertEquals(Health.Status.DEGRADED, policy.check().status());
    assertThat(policy.check().message(), containsString("until 2026-11-21T13:00:00Z"));
    clock.advance(Duration.ofMinutes(61));
    assertEquals("policy-unreachable", ask("@client").rule());
    assertEquals(Health.Status.DOWN, policy.check().status());
  }

  @Test
  public void theFileIsItsOwnersAloneAndCountsAfterANewStart() throws Exception {
    meet();
    taken("permit @client");
    Path file = folder.getRoot().toPath().resolve("dev1@device.snapshot");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    policy.deactivate();
    policy = begin();
    assertThat(ask("@client"), instanceOf(Decision.Permit.class));
  }

  @Test
  public void aFileThatWasEditedIsNotBelieved() throws Exception {
    meet();
    taken("permit @client");
    Path file = folder.getRoot().toPath().resolve("dev1@device.snapshot");
    Files.writeString(file, Files.readString(file).replace("\"at\":1", "\"at\":2"));
    policy.deactivate();
    policy = begin();
    assertEquals("policy-unreachable", ask("@client").rule());
    assertThat(
        audit.events("policy-snapshot-refused").get(0).details().get("reason"),
        containsString("signature"));
  }

  @Test
  public void rulesThatWereEditedAreRefusedAndTheOldOnesStay() throws Exception {
    meet();
    taken("permit @client");
    String honest = signed(snapshot(DEV1, "permit @client"), POLICY);
    assertThat(refused(honest.replace("@client", "@mallory")), containsString("revision"));
    JsonObject edited = snapshot(DEV1, "permit @mallory").toPayload();
    SignedEnvelope other = SignedEnvelope.parse(honest);
    String posing =
        new SignedEnvelope(edited, other.signature(), other.hashingAlgo(), other.signingAlgo())
            .toText();
    assertThat(refused(posing), containsString("signature is not by the key of @policy"));
    assertThat(ask("@mallory"), instanceOf(Decision.Abstain.class));
    assertThat(ask("@client"), instanceOf(Decision.Permit.class));
  }

  @Test
  public void rulesOlderThanThoseThatAreHereAreRefused() throws Exception {
    meet();
    String old = signed(snapshot(DEV1, "permit @mallory"), POLICY);
    clock.advance(Duration.ofMinutes(1));
    taken("permit @client");
    assertThat(refused(old), containsString("older than the one"));
    assertThat(ask("@mallory"), instanceOf(Decision.Abstain.class));
  }

  @Test
  public void rulesForAnotherDeviceOrOfAnotherPolicyOrOfTheFutureAreRefused() throws Exception {
    meet();
    assertThat(
        refused(signed(snapshot(DEV2, "permit @client"), POLICY)),
        containsString("it is for dev2@device"));
    PolicySnapshot others =
        PolicySnapshot.of(AtSign.of("@other"), DEV1, clock.instant(), "permit @client");
    assertThat(refused(signed(others, POLICY)), containsString("it is of @other"));
    PolicySnapshot early =
        PolicySnapshot.of(
            POLICY.atSign(), DEV1, clock.instant().plusSeconds(3600), "permit @client");
    assertThat(refused(signed(early, POLICY)), containsString("still to come"));
    assertThat(refused(signed(snapshot(DEV1, "?"), POLICY)), containsString("cannot be read"));
    assertEquals("policy-unreachable", ask("@client").rule());
  }

  @Test
  public void aPolicyWithAnotherKeyThanAtFirstIsRefused() throws Exception {
    meet();
    taken("permit @client");
    RealKeys other = RealKeys.impostorOf("@policy");
    atServers.publish(other);
    assertThat(
        refused(signed(snapshot(DEV1, "permit @mallory"), other)), containsString("was learnt"));
    assertThat(ask("@client"), instanceOf(Decision.Permit.class));
  }

  @Test
  public void whatAnotherAtSignSendsIsNotLookedAt() throws Exception {
    meet();
    post.deliver(
        AtSign.of("@mallory"),
        RpcNames.snapshot(DEV1.name()),
        signed(snapshot(DEV1, "permit @client"), POLICY));
    taken("permit @bob");
    assertThat(ask("@client"), instanceOf(Decision.Abstain.class));
  }

  @Test
  public void aHeartbeatSaysWhichRulesAreHereAndWhetherTheyAreYoung() throws Exception {
    meet();
    awaitHeartbeat(new PolicyHeartbeat.Wanted("", false));
    taken("permit @client");
    String revision = PolicySnapshot.revisionOf("permit @client");
    policy.configure(new Config("@policy", 1, 15, 300, "1h", folder.getRoot().toString()));
    awaitHeartbeat(new PolicyHeartbeat.Wanted(revision, true));
    clock.advance(Duration.ofMinutes(16));
    policy.configure(new Config("@policy", 1, 15, 300, "1h", folder.getRoot().toString()));
    awaitHeartbeat(new PolicyHeartbeat.Wanted(revision, false));
  }

  /** Looks at what is sent until that is said; there may be more heartbeats than one before. */
  private void awaitHeartbeat(PolicyHeartbeat.Wanted wanted) throws Exception {
    OutgoingNotification sent = post.takeSent();
    while (RpcNames.ofHeartbeat(sent.name()).isEmpty()
        || !PolicyHeartbeat.parse(sent.value()).snapshot().equals(Optional.of(wanted))) {
      sent = post.takeSent();
    }
  }

  @Test
  public void newRulesMakeAnswersOfBeforeNone() throws Exception {
    meet();
    assertEquals(List.of(), List.copyOf(changes));
    taken("permit @client");
    assertThat(ask("@client"), instanceOf(Decision.Permit.class));
    clock.advance(Duration.ofSeconds(1));
    taken("permit @bob");
    assertThat(ask("@client"), instanceOf(Decision.Abstain.class));
  }

  @Test
  public void rulesForADeviceThatIsNotHereAreNotKept() throws Exception {
    meet();
    post.deliver(
        POLICY.atSign(),
        RpcNames.snapshot(DEV2.name()),
        signed(snapshot(DEV2, "permit @client"), POLICY));
    push(signed(snapshot(DEV1, "permit @client"), POLICY));
    // Behind the other, on the same thread.
    Eventually.holds(() -> devicesThatTook().contains("dev1@device"));
    assertEquals(List.of("dev1@device"), devicesThatTook());
    assertEquals(List.of("dev1@device.snapshot"), List.of(folder.getRoot().list()));
  }

  private List<String> devicesThatTook() {
    return audit.events("policy-snapshot-taken").stream()
        .map(event -> event.details().get("device"))
        .toList();
  }

  @Test
  public void theSameRulesOfTwoServicesMayComeInAnyOrder() throws Exception {
    meet();
    String first = signed(snapshot(DEV1, "permit @client"), POLICY);
    clock.advance(Duration.ofSeconds(1));
    taken("permit @client");
    changes.clear();
    push(first);
    assertTrue("it was looked at", changes.poll(60, TimeUnit.SECONDS) != null);
    assertEquals(List.of(), audit.events("policy-snapshot-refused"));
    assertEquals(
        Optional.of(Instant.parse("2026-11-21T13:00:01Z")),
        ((Decision.Permit) ask("@client")).until());
  }

  @Test
  public void rulesThatCannotBeTakenAreNewsAllTheSame() throws Exception {
    meet();
    taken("permit @client");
    changes.clear();
    refused(signed(snapshot(DEV1, "permit whom?"), POLICY));
    assertTrue("who runs is asked for", changes.poll(60, TimeUnit.SECONDS) != null);
  }

  @Test
  public void aClockThatIsSetBackMakesOldRulesNotYoungAgain() throws Exception {
    meet();
    taken("permit @client");
    clock.advance(Duration.ofMinutes(-6));
    assertEquals("policy-unreachable", ask("@client").rule());
  }
}
