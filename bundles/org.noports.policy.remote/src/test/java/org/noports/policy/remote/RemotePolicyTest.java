package org.noports.policy.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.After;
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
import org.noports.api.policy.Obligations;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.policy.RpcRequest;
import org.noports.testkit.Stages;
import org.noports.testkit.TestClock;
import org.noports.testkit.fakes.FakeAtServerSession;
import org.noports.testkit.fakes.FakeAtServers;

/** A device's questions, and a policy service as the device meets it. */
public class RemotePolicyTest {
  private static final AtSign POLICY = AtSign.of("@policy");
  private static final DeviceAddress DEVICE =
      new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));
  private static final String YES =
      "\"respType\":\"success\",\"payload\":{\"authorized\":true,\"message\":null,"
          + "\"permitOpen\":[\"localhost:22\"]},\"message\":null}";
  private static final String OURS =
      YES.replace(
          "]}",
          "],\"response\":{\"decision\":\"permit\",\"obligations\":{},\"rule\":\"r\","
              + "\"revision\":\"1\"}}");

  private final FakeAtServers atServers = new FakeAtServers();
  private final FakeAtServerSession post = atServers.of(DEVICE.atSign());
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final RemotePolicy policy = new RemotePolicy(new Neighbours(), clock);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @After
  public void stop() {
    policy.deactivate();
  }

  private void start(int askSeconds) {
    policy.bindAtServers(atServers);
    policy.configure(config("@policy", askSeconds));
  }

  private Config config(String atSign, int askSeconds) {
    return new Config(atSign, askSeconds, 15, 300, "24h", folder.getRoot().toString());
  }

  /** The next question; heartbeats go out beside them. */
  private OutgoingNotification question() throws InterruptedException {
    OutgoingNotification sent = post.takeSent();
    return sent.name().startsWith("request.") ? sent : question();
  }

  private CompletionStage<Decision> ask(String client) {
    return ask(client, "localhost:22");
  }

  private CompletionStage<Decision> ask(String client, String target) {
    return policy.decide(
        new AccessRequest(
            AtSign.of(client),
            DEVICE,
            "__none__",
            RequestKind.TUNNEL,
            Optional.of(Target.of(target)),
            Circumstances.at(clock.instant())));
  }

  private static long id(OutgoingNotification question) throws Exception {
    return RpcRequest.parse(question.value()).id();
  }

  private void answer(AtSign from, long id, String rest) {
    post.deliver(
        from, "success." + id + ".auth_checks.__rpcs.sshnp", "{\"reqId\":" + id + "," + rest);
  }

  /** Plays a transcript: asks, compares what is sent, says what the service says. */
  private void play(String transcript) throws Exception {
    play(transcript, this::ask);
  }

  private void play(String transcript, Function<String, CompletionStage<Decision>> asking)
      throws Exception {
    List<String> lines =
        read(transcript).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    for (int i = 0; i < lines.size(); ) {
      String[] asked = lines.get(i++).split(" ", 3);
      CompletionStage<Decision> decision = asking.apply(asked[1]);
      String id = "";
      while (i < lines.size() && !lines.get(i).startsWith("?")) {
        String[] head = lines.get(i).split(" ");
        if (head[0].equals("<")) {
          OutgoingNotification sent = question();
          id = Long.toString(id(sent));
          assertEquals(
              (lines.get(i) + "\n" + lines.get(i + 1)).replace("ID", id),
              "< " + sent.to() + " " + sent.name() + "\n" + sent.value());
        } else {
          post.deliver(
              AtSign.of(head[1]), head[2].replace("ID", id), lines.get(i + 1).replace("ID", id));
        }
        i += 2;
      }
      assertEquals(asked[2], words(Stages.value(decision)));
    }
  }

  @Test
  public void saysWhyTheServiceCouldNotBeAsked() throws Exception {
    post.loseConnection();
    start(1);
    assertThat(words(Stages.value(ask("@alice"))), containsString("The connection is lost"));
  }

  private static String words(Decision decision) {
    if (decision instanceof Decision.Permit permit) {
      boolean bare = permit.obligations().equals(Obligations.NONE);
      return "permit "
          + permit.rule()
          + " "
          + permit.permitOpen()
          + (bare ? "" : " " + permit.obligations() + " " + permit.revision());
    }
    if (decision instanceof Decision.Deny no) {
      return "deny " + no.rule() + " " + no.reason();
    }
    return decision instanceof Decision.Later later
        ? "later " + later.rule() + " " + later.reason()
        : "abstain " + decision.rule() + " " + ((Decision.Abstain) decision).reason();
  }

  private static String read(String name) throws IOException {
    try (InputStream in = RemotePolicyTest.class.getResourceAsStream("/transcripts/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  public void anExistingServiceIsAskedAndUnderstoodInItsOwnWords() throws Exception {
    start(9);
    play("existing-service.txt");
  }

  @Test
  public void aServiceOnAnotherClientLibraryIsUnderstoodAsItWasWhenThatWasRecorded()
      throws Exception {
    start(9);
    play("recorded-service.txt", this::ping);
  }

  private CompletionStage<Decision> ping(String client) {
    return policy.decide(
        new AccessRequest(
            AtSign.of(client),
            DEVICE,
            "__none__",
            RequestKind.PING,
            Optional.empty(),
            Circumstances.at(clock.instant()).seen(Observed.NOTHING)));
  }

  @Test
  public void aServiceOfOursIsUnderstoodWithAllThatStandsBehind() throws Exception {
    start(9);
    play("our-service.txt");
  }

  @Test
  public void withoutAPolicyAtSignNothingIsSaidOfAnybody() {
    policy.configure(config("", 4));
    assertThat(Stages.value(ask("@client")), instanceOf(Decision.Abstain.class));
    assertEquals(Health.Status.OK, policy.check().status());
  }

  @Test
  public void whatIsPermittedIsAskedForAgainInTime() throws Exception {
    start(9);
    CompletionStage<Decision> decision = ask("@client");
    answer(POLICY, id(question()), YES);
    Instant again = clock.instant().plusSeconds(300);
    assertEquals(Optional.of(again), ((Decision.Permit) Stages.value(decision)).until());
  }

  @Test
  public void aServiceThatCannotAnswerIsNoNoOfItsRules() throws Exception {
    start(1);
    assertTrue("silent", ((Decision.Deny) Stages.value(ask("@alice"))).undecided());
    question();
    question();
    assertTrue("failed", refusedBy("error").undecided());
    assertFalse("will not", refusedBy("nack").undecided());
  }

  private Decision.Deny refusedBy(String type) throws Exception {
    CompletionStage<Decision> decision = ask("@client");
    long id = id(question());
    post.deliver(
        POLICY,
        type + "." + id + ".auth_checks.__rpcs.sshnp",
        "{\"reqId\":" + id + ",\"respType\":\"" + type + "\",\"payload\":{}}");
    return (Decision.Deny) Stages.value(decision);
  }

  @Test
  public void anAnswerOfAnotherThanTheOneWhoWasAskedIsNone() throws Exception {
    start(9);
    CompletionStage<Decision> decision = ask("@client");
    long id = id(question());
    answer(AtSign.of("@mallory"), id, YES);
    answer(POLICY, id + 1, YES);
    // The key of this question, and another's number in it.
    post.deliver(POLICY, "ack." + id + ".auth_checks.__rpcs.sshnp", "{\"reqId\":" + id + "," + YES);
    assertFalse(decision.toCompletableFuture().isDone());
    answer(POLICY, id, YES.replace("true", "false"));
    assertThat(Stages.value(decision), instanceOf(Decision.Abstain.class));
  }

  @Test
  public void anAnswerThatIsNotThatOfItsKeyIsANo() throws Exception {
    start(9);
    CompletionStage<Decision> decision = ask("@client");
    long id = id(question());
    post.deliver(
        POLICY,
        "success." + id + ".auth_checks.__rpcs.sshnp",
        "{\"reqId\":" + (id + 1) + "," + YES);
    assertEquals("policy-refused", Stages.value(decision).rule());
  }

  @Test
  public void aServiceThatDiedWithTheQuestionIsAskedAgainUnderAnotherId() throws Exception {
    start(2);
    CompletionStage<Decision> decision = ask("@client");
    long first = id(question());
    long second = id(question());
    assertFalse(first == second);
    answer(POLICY, second, YES);
    assertThat(Stages.value(decision), instanceOf(Decision.Permit.class));
  }

  @Test
  public void aServiceThatIsSilentPermitsNobodyAndIsSeenToComeBack() throws Exception {
    start(1);
    Decision no = Stages.value(ask("@client"));
    assertThat(no, instanceOf(Decision.Deny.class));
    assertEquals("policy-unreachable", no.rule());
    assertEquals(Health.Status.DOWN, policy.check().status());
    assertThat(policy.check().message(), containsString("@policy does not answer"));
    question();
    question();
    CompletionStage<Decision> decision = ask("@client");
    answer(POLICY, id(question()), YES);
    assertThat(Stages.value(decision), instanceOf(Decision.Permit.class));
    assertEquals(Health.Status.OK, policy.check().status());
  }

  @Test
  public void withoutAnAtServerNobodyIsPermitted() {
    policy.configure(config("@policy", 1));
    assertEquals("policy-unreachable", Stages.value(ask("@client")).rule());
  }

  @Test
  public void aServiceOfAnotherMakeIsAskedOnceForAClient() throws Exception {
    start(9);
    CompletionStage<Decision> first = ask("@client");
    answer(POLICY, id(question()), YES);
    Stages.value(first);
    assertThat(Stages.value(ask("@client", "localhost:80")), instanceOf(Decision.Permit.class));
    assertTrue(post.nothingSent());
    clock.advance(Duration.ofSeconds(16));
    ask("@client");
    question();
  }

  @Test
  public void aServiceOfOursIsAskedOnceForAQuestion() throws Exception {
    start(9);
    CompletionStage<Decision> first = ask("@client");
    answer(POLICY, id(question()), OURS);
    Stages.value(first);
    Stages.value(ask("@client"));
    assertTrue(post.nothingSent());
    ask("@client", "localhost:80");
    question();
  }

  @Test
  public void anAnswerDoesNotCountLongerThanItSays() throws Exception {
    start(9);
    CompletionStage<Decision> first = ask("@client");
    long soon = clock.instant().plusSeconds(3).toEpochMilli();
    answer(
        POLICY,
        id(question()),
        OURS.replace("\"revision\":\"1\"", "\"revision\":\"1\",\"until\":" + soon));
    Stages.value(first);
    clock.advance(Duration.ofSeconds(4));
    ask("@client");
    question();
  }

  @Test
  public void anAnswerToAQuestionOfBeforeAChangeDoesNotCountAfterIt() throws Exception {
    start(9);
    CompletionStage<Decision> first = ask("@client");
    long before = id(question());
    policy.configure(config("@policy", 9));
    answer(POLICY, before, YES);
    Stages.value(first);
    ask("@client");
    assertFalse(before == id(question()));
  }

  @Test
  public void whatAServiceSaysIsOneShortLineInTheLog() throws Exception {
    start(9);
    CompletionStage<Decision> decision = ask("@client");
    String words = "no\\n2026-11-21 INFO permitted" + "!".repeat(2000);
    answer(
        POLICY,
        id(question()),
        YES.replace("true", "false")
            .replace("\"message\":null,\"p", "\"message\":\"" + words + "\",\"p"));
    String reason = ((Decision.Abstain) Stages.value(decision)).reason();
    assertThat(reason, containsString("no?2026-11-21"));
    assertTrue(reason.length() < 600);
  }

  @Test
  public void anotherPolicyAtSignMakesOldAnswersNone() throws Exception {
    start(9);
    CompletionStage<Decision> first = ask("@client");
    answer(POLICY, id(question()), YES);
    Stages.value(first);
    policy.configure(config("@other", 9));
    ask("@client");
    assertEquals(AtSign.of("@other"), question().to());
    policy.configure(config("@", 9));
    assertEquals(Health.Status.DEGRADED, policy.check().status());
  }
}
