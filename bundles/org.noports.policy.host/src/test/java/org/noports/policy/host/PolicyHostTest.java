package org.noports.policy.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.After;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.protocol.policy.RpcNames;
import org.noports.testkit.fakes.FakeAtServerSession;
import org.noports.testkit.fakes.FakeAtServers;
import org.noports.testkit.fakes.RecordingAudit;
import org.osgi.framework.Constants;

/** A policy service at its atServer's door, as devices meet it. */
public class PolicyHostTest {
  private static final AtSign POLICY = AtSign.of("@policy");
  private static final AtSign DEVICE = AtSign.of("@device");
  private static final String QUESTION =
      "{\"reqId\":9,\"payload\":{\"daemonAtsign\":\"@device\",\"daemonDeviceName\":\"dev1\","
          + "\"daemonDeviceGroupName\":\"__none__\",\"clientAtsign\":\"@client\"}}";

  private final FakeAtServers atServers = new FakeAtServers();
  private final FakeAtServerSession post = atServers.of(POLICY);
  private final RecordingAudit audit = new RecordingAudit();
  private final PolicyHost host = new PolicyHost();

  @After
  public void stop() {
    host.deactivate();
  }

  private void start(HostConfig config) throws Exception {
    host.bindAtServers(atServers);
    host.bindAudit(audit);
    host.bindEvaluator(new ScriptedRules(), Map.of());
    host.configure(config);
    post.awaitSubscriber();
  }

  /** Plays a transcript: says what is heard, and compares what is said. */
  private void play(String transcript) throws Exception {
    List<String> lines =
        read(transcript).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    for (int i = 0; i < lines.size(); i += 2) {
      String[] head = lines.get(i).split(" ");
      if (head[0].equals(">")) {
        post.deliver(AtSign.of(head[1]), head[2], lines.get(i + 1));
      } else {
        OutgoingNotification said = post.takeSent();
        assertEquals(
            lines.get(i) + "\n" + lines.get(i + 1),
            "< " + said.to() + " " + said.name() + "\n" + said.value());
        assertEquals(Duration.ofSeconds(30), said.expiry());
      }
    }
    assertTrue("nothing more is said", post.nothingSent());
  }

  private static String read(String name) throws IOException {
    try (InputStream in = PolicyHostTest.class.getResourceAsStream("/transcripts/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  public void anExistingDaemonIsAnsweredInItsOwnWords() throws Exception {
    start(new Config("@policy", "@device"));
    play("existing-daemon.txt");
  }

  @Test
  public void aDaemonOnAnotherClientLibraryIsAnsweredAsItWasWhenThatWasRecorded() throws Exception {
    start(new Config("@policy", "@pyd"));
    play("recorded-daemon.txt");
  }

  @Test
  public void aDeviceOfOursIsToldWhatStandsBehindTheAnswer() throws Exception {
    start(new Config("@policy", "@device"));
    play("our-device.txt");
  }

  @Test
  public void strangersHearNothingAndLiarsHearWhyNot() throws Exception {
    start(new Config("@policy", "@device,@device2"));
    play("liars-and-strangers.txt");
    assertEquals(4, audit.events("policy-question-refused").size());
    assertEquals("@device2", audit.events("policy-question-refused").get(0).details().get("from"));
  }

  @Test
  public void whatWasAnsweredIsAudited() throws Exception {
    start(new Config("@policy", "*"));
    play("our-device.txt");
    Map<String, String> first = audit.events("policy-answered").get(0).details();
    assertEquals("dev1@device", first.get("device"));
    assertEquals("@client", first.get("client"));
    assertEquals("localhost", first.get("host"));
    assertEquals("permit", first.get("decision"));
    assertEquals("clients", first.get("rule"));
    assertEquals("r1", first.get("revision"));
  }

  @Test
  public void anExistingDaemonIsToldThePlacesThatTheBookNames() throws Exception {
    TextBooks books = new TextBooks();
    books.places = List.of("localhost:80", "localhost:99");
    host.bindBooks(books);
    start(new Config("@policy", "@device"));
    post.deliver(DEVICE, RpcNames.request(9), QUESTION.replace("@client", "@booked"));
    assertEquals("ack.9.auth_checks.__rpcs.sshnp", post.takeSent().name());
    assertThat(
        post.takeSent().value(),
        containsString(
            "\"authorized\":true,\"message\":\"@booked has permission for device dev1"
                + " at daemon @device\",\"permitOpen\":[\"localhost:80\"]"));
  }

  @Test
  public void anExistingDaemonIsAnsweredInTimeHoweverLongABookIsSearched() throws Exception {
    TextBooks books = new TextBooks();
    books.places = List.of("localhost:80");
    books.found = new CountDownLatch(1);
    host.bindBooks(books);
    start(new Config("@policy", "@device", false, 1));
    post.deliver(DEVICE, RpcNames.request(9), QUESTION.replace("@client", "@booked"));
    post.takeSent();
    assertThat(post.takeSent().value(), containsString("\"authorized\":true"));
    books.found.countDown();
  }

  @Test
  public void withoutAnEvaluatorNobodyIsPermitted() throws Exception {
    host.bindAtServers(atServers);
    host.configure(new Config("@policy", "@device"));
    post.awaitSubscriber();
    post.deliver(DEVICE, RpcNames.request(9), QUESTION);
    post.takeSent();
    assertThat(post.takeSent().value(), containsString("\"authorized\":false"));
    assertEquals(Health.Status.DOWN, host.check().status());
  }

  @Test
  public void aThirdPartysThatThrowsDeniesAndIsShownUntilItGoes() throws Exception {
    start(new Config("@policy", "@device"));
    PolicyEvaluator broken =
        request -> {
          throw new IllegalStateException("not today");
        };
    host.bindEvaluator(
        broken, Map.of(PolicyEvaluator.NAME, "hours", Constants.SERVICE_BUNDLEID, 7L));
    post.deliver(DEVICE, RpcNames.request(9), QUESTION);
    post.takeSent();
    assertThat(post.takeSent().value(), containsString("\"authorized\":false"));
    assertEquals(Health.Status.DEGRADED, host.check().status());
    assertThat(host.check().message(), containsString("policy evaluator hours: bundle 7"));
    assertThat(host.check().message(), containsString("not today"));
    host.unbindEvaluator(broken);
    assertEquals(Health.Status.OK, host.check().status());
    post.deliver(DEVICE, RpcNames.request(10), QUESTION.replace(":9,", ":10,"));
    post.takeSent();
    assertThat(post.takeSent().value(), containsString("\"authorized\":true"));
  }

  /** Equal to every other of these, as records are. */
  private record Closed(String why) implements PolicyEvaluator {
    @Override
    public CompletionStage<Decision> decide(AccessRequest request) {
      return CompletableFuture.completedFuture(new Decision.Deny("closed", why));
    }
  }

  @Test
  public void oneThatItsEqualReplacesIsAskedWhenTheFirstHasLeft() throws Exception {
    start(new Config("@policy", "@device"));
    Closed before = new Closed("it is Sunday");
    host.bindEvaluator(before, Map.of(Constants.SERVICE_BUNDLEID, 7L));
    host.bindEvaluator(new Closed("it is Sunday"), Map.of(Constants.SERVICE_BUNDLEID, 7L));
    host.unbindEvaluator(before);
    post.deliver(DEVICE, RpcNames.request(9), QUESTION);
    post.takeSent();
    assertThat(post.takeSent().value(), containsString("\"authorized\":false"));
  }

  @Test
  public void ofTwoServicesBehindOneAtSignOneAnswers() throws Exception {
    start(new Config("@policy", "@device", true));
    atServers.store("@policy:" + RpcNames.mutex(9) + "@policy", "lock");
    post.deliver(DEVICE, RpcNames.request(9), QUESTION);
    post.deliver(DEVICE, RpcNames.request(10), QUESTION.replace(":9,", ":10,"));
    assertEquals("ack.10.auth_checks.__rpcs.sshnp", post.takeSent().name());
    assertEquals("success.10.auth_checks.__rpcs.sshnp", post.takeSent().name());
    assertTrue(post.nothingSent());
  }

  @Test
  public void whatWasAskedTooLongAgoIsNotAnswered() throws Exception {
    start(new Config("@policy", "@device"));
    post.deliver(DEVICE, RpcNames.request(9), QUESTION, Duration.ofMinutes(1));
    post.deliver(DEVICE, RpcNames.request(10), QUESTION.replace(":9,", ":10,"));
    assertEquals("ack.10.auth_checks.__rpcs.sshnp", post.takeSent().name());
  }

  @Test
  public void settingsThatCannotBeReadChangeNothing() throws Exception {
    start(new Config("@policy", "@device"));
    host.configure(new Config("@policy", "@"));
    assertEquals(Health.Status.DEGRADED, host.check().status());
    post.deliver(DEVICE, RpcNames.request(9), QUESTION);
    assertEquals("ack.9.auth_checks.__rpcs.sshnp", post.takeSent().name());
  }

  @Test
  public void withoutAnAtSignThereIsNone() {
    host.configure(new Config("", ""));
    assertEquals(Health.Status.OK, host.check().status());
    assertEquals(0, post.subscribers());
  }

  /** A configuration with these values. */
  record Config(String atSign, String devices, boolean sharedAtSign, int decideSeconds)
      implements HostConfig {
    Config(String atSign, String devices) {
      this(atSign, devices, false);
    }

    Config(String atSign, String devices, boolean sharedAtSign) {
      this(atSign, devices, sharedAtSign, 5);
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return HostConfig.class;
    }
  }
}
