package org.noports.policy.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Subscription;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.protocol.policy.PolicySnapshot;
import org.noports.protocol.policy.RpcNames;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.fakes.FakeAtServerSession;
import org.noports.testkit.fakes.FakeAtServers;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

/** Devices that say that they are there, and the rules that they are sent. */
public class SnapshotsTest {
  private static final RealKeys POLICY = RealKeys.of("@policy");
  private static final DeviceAddress DEV1 =
      new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));
  private static final String BEAT = "dev1.devices.policy.sshnp";

  private final FakeAtServers atServers = new FakeAtServers();
  private final FakeAtServerSession post = atServers.of(POLICY.atSign());
  private final ChangingRules rules = new ChangingRules();
  private final TextBooks books = new TextBooks();
  private final PolicyHost host = new PolicyHost();

  @Before
  public void start() throws Exception {
    books.text = "format: 1 # one\n";
    host.bindAtServers(atServers);
    host.bindIdentities(new FakeIdentities().with(POLICY));
    host.bindBooks(books);
    host.bindEvaluator(rules, Map.of());
    host.configure(new PolicyHostTest.Config("@policy", "@device"));
    post.awaitSubscriber();
  }

  @After
  public void stop() {
    host.deactivate();
  }

  private void beat(String from, String revision, boolean fresh) {
    post.deliver(
        AtSign.of(from),
        BEAT,
        "{\"devicename\":\"dev1\",\"policySnapshot\":{\"revision\":\""
            + revision
            + "\",\"fresh\":"
            + fresh
            + "}}");
  }

  private OutgoingNotification said(String name) throws Exception {
    OutgoingNotification said = post.takeSent();
    assertEquals(name, said.name());
    assertEquals(DEV1.atSign(), said.to());
    return said;
  }

  private PolicySnapshot sent() throws Exception {
    SignedEnvelope envelope = SignedEnvelope.parse(said(RpcNames.snapshot(DEV1.name())).value());
    assertTrue(
        new JdkCiphers()
            .signature("rsa2048-sha256")
            .verifies(
                POLICY.encryptionPublicKey(), envelope.signedBytes(), envelope.signatureBytes()));
    return PolicySnapshot.parse(envelope.payload());
  }

  @Test
  public void aDeviceWithoutOurRulesIsSentThemSigned() throws Exception {
    beat("@device", "", false);
    assertEquals("{\"eventLoggingConfig\":null}", said("config." + BEAT).value());
    PolicySnapshot sent = sent();
    assertEquals("format: 1 # one\n", sent.book());
    assertEquals(DEV1, sent.device());
    assertEquals(POLICY.atSign(), sent.policy());
  }

  @Test
  public void aDeviceThatHasThemIsSentThemOnlyWhenTheyAreOld() throws Exception {
    String revision = PolicySnapshot.revisionOf(books.text);
    beat("@device", revision, true);
    said("config." + BEAT);
    beat("@device", revision, false);
    said("config." + BEAT);
    assertEquals(revision, sent().revision());
  }

  @Test
  public void rulesThatChangeAreSentAtOnce() throws Exception {
    beat("@device", PolicySnapshot.revisionOf(books.text), true);
    said("config." + BEAT);
    books.text = "format: 1 # two\n";
    rules.change();
    assertEquals("format: 1 # two\n", sent().book());
  }

  @Test
  public void whileItsRulesAreReplacedDevicesKeepThoseTheyHave() throws Exception {
    String revision = PolicySnapshot.revisionOf(books.text);
    beat("@device", revision, true);
    said("config." + BEAT);
    host.unbindBooks(books);
    host.unbindEvaluator(rules);
    host.bindEvaluator(rules, Map.of());
    beat("@device", revision, false);
    said("config." + BEAT);
    TextBooks unread = new TextBooks();
    unread.read = false;
    host.bindBooks(unread);
    unread.text = "format: 1 # two\n";
    unread.read = true;
    rules.change();
    assertEquals("format: 1 # two\n", sent().book());
  }

  @Test
  public void anExistingDaemonIsSentNoRules() throws Exception {
    post.deliver(AtSign.of("@device"), BEAT, "{\"devicename\":\"dev1\"}");
    said("config." + BEAT);
    books.text = "format: 1 # two\n";
    rules.change();
    post.deliver(AtSign.of("@device"), BEAT, "{\"devicename\":\"dev1\"}");
    said("config." + BEAT);
  }

  @Test
  public void strangersAreSentNothing() throws Exception {
    beat("@stranger", "", false);
    beat("@device", "", false);
    said("config." + BEAT);
  }

  @Test
  public void managersAloneAreNoBook() throws Exception {
    books.text = "";
    beat("@device", "", false);
    said("config." + BEAT);
    assertEquals("format: 1\n", sent().book());
  }

  @Test
  public void rulesThatAreTooLongToBeSentAreSeenInHealth() throws Exception {
    books.text = "#".repeat(PushSnapshots.MOST_CHARS + 1);
    beat("@device", "", false);
    said("config." + BEAT);
    // Behind it, on the same thread.
    post.deliver(AtSign.of("@device"), BEAT, "{\"devicename\":\"dev1\"}");
    said("config." + BEAT);
    assertEquals(Health.Status.DEGRADED, host.check().status());
    assertThat(host.check().message(), containsString("too long"));
  }

  /** Nobody, and changes when it is told to. */
  private static final class ChangingRules implements PolicyEvaluator {
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();

    void change() {
      listeners.values().forEach(Runnable::run);
    }

    @Override
    public CompletionStage<Decision> decide(AccessRequest request) {
      return CompletableFuture.completedFuture(new Decision.Abstain("default-deny", "nobody"));
    }

    @Override
    public Subscription onChange(Runnable changed) {
      Object key = new Object();
      listeners.put(key, changed);
      return () -> listeners.remove(key);
    }
  }
}
