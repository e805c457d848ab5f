package org.noports.policy.rules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Subscription;
import org.noports.api.Target;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.RuleBook;

/** A book in a file, beside managers in a configuration. */
public final class BookInForceTest {
  private static final String BOOK =
      """
      format: 1
      groups:
        night: ["@carol"]
      rules:
        - {name: bob-ssh, effect: permit, who: ["@bob"], devices: ["*"], places: ["localhost:22"], obligations: {max-session: 1h}}
        - {name: carol-at-night, effect: permit, who: ["group:night"], devices: ["*"], when: now.time < '06:00'}
        - {name: no-database, effect: forbid, who: ["*"], devices: ["*"], places: ["*:5432"]}
      tests:
        - {name: bob gets in, ask: {who: "@bob", device: dev1@device, place: "localhost:22"}, expect: permit}
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final RulesPolicy policy = new RulesPolicy();
  private Path file;

  @Before
  public void file() throws IOException {
    file = folder.newFolder().toPath().resolve("policy.yaml");
  }

  @After
  public void stop() {
    policy.stop();
  }

  private void start(String managers) {
    policy.configure(new TestConfig(managers, "*:*", "", file.toString()));
  }

  /** Waits for what the file's watch brings; each change is another book. */
  private void inForce(String book) throws Exception {
    await(() -> policy.inForce().filter(now -> now.text().equals(book)).isPresent());
  }

  private void await(Callable<Boolean> condition) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    for (int tries = 0; !condition.call(); tries++) {
      assertThat("it came to pass", tries < 1_000, is(true));
      over.await(10, TimeUnit.MILLISECONDS);
    }
  }

  private static AccessRequest request(String client, String target) {
    return new AccessRequest(
        AtSign.of(client),
        new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
        "__none__",
        RequestKind.TUNNEL,
        Optional.of(Target.of(target)),
        Circumstances.at(Instant.parse("2026-11-21T03:00:30Z")));
  }

  private Decision decide(String client, String target) {
    return policy.decide(request(client, target)).toCompletableFuture().join();
  }

  @Test
  public void aBookPermitsBesideManagersAndForbidsThemToo() throws Exception {
    Files.writeString(file, BOOK);
    start("@alice");
    inForce(BOOK);
    assertThat(decide("@alice", "localhost:22"), instanceOf(Decision.Permit.class));
    assertThat(decide("@alice", "localhost:5432").rule(), is("no-database"));
    Decision.Permit bob = (Decision.Permit) decide("@bob", "localhost:22");
    assertThat(bob.permitOpen(), is(List.of(PermitOpen.of("localhost:22"))));
    assertThat(bob.obligations().maxSession().orElseThrow().toHours(), is(1L));
    assertThat(bob.revision(), is(policy.inForce().orElseThrow().revision()));
    assertThat(decide("@bob", "localhost:23"), instanceOf(Decision.Abstain.class));
    assertThat(policy.knows(AtSign.of("@carol")), is(true));
    assertThat(policy.knows(AtSign.of("@mallory")), is(false));
  }

  @Test
  public void aBookThatLooksAtTheClockIsAskedAgainWithTheNextMinute() throws Exception {
    Files.writeString(file, BOOK);
    start("@alice");
    inForce(BOOK);
    Optional<Instant> nextMinute = Optional.of(Instant.parse("2026-11-21T03:01:00Z"));
    assertThat(((Decision.Permit) decide("@carol", "a.example:1")).until(), is(nextMinute));
    assertThat(((Decision.Permit) decide("@alice", "a.example:1")).until(), is(nextMinute));
  }

  @Test
  public void aBookWhoseTestsFailIsNotActivatedAndTheOldOneStays() throws Exception {
    Files.writeString(file, BOOK);
    start("");
    inForce(BOOK);
    String wrong = BOOK.replace("who: [\"@bob\"]", "who: [\"@dave\"]");
    assertThat(wrong, is(not(BOOK)));
    Files.writeString(file, wrong);
    await(() -> policy.check().status() == Health.Status.DOWN);
    assertThat(
        policy.check().message(), containsString(file + ":9: 'bob gets in' expects PERMIT, but"));
    assertThat(decide("@bob", "localhost:22"), instanceOf(Decision.Permit.class));
    assertThat(decide("@dave", "localhost:22"), instanceOf(Decision.Abstain.class));

    Files.writeString(file, BOOK + "\n# right again\n");
    await(() -> policy.check().status() == Health.Status.OK);
  }

  @Test
  public void whoListensHearsOfEachBook() throws Exception {
    Files.writeString(file, BOOK);
    start("");
    inForce(BOOK);
    CountDownLatch changed = new CountDownLatch(1);
    try (Subscription hearing = policy.onChange(changed::countDown)) {
      Files.writeString(file, BOOK.replace("5432", "5433"));
      assertThat(changed.await(10, TimeUnit.SECONDS), is(true));
    }
    assertThat(decide("@bob", "localhost:5433").rule(), is("no-database"));
  }

  @Test
  public void withoutABookThatCanBeReadNobodyGetsInNotEvenManagers() throws Exception {
    start("@alice");
    await(() -> policy.check().status() == Health.Status.DOWN);
    assertThat(policy.check().message(), containsString("cannot be read"));
    assertThat(
        decide("@alice", "localhost:22"),
        is(Decision.Deny.undecided("no-rule-book", "no book of rules is in force")));
  }

  @Test
  public void aBookThatIsTakenAwayStaysInForce() throws Exception {
    Files.writeString(file, BOOK);
    start("");
    inForce(BOOK);
    Files.delete(file);
    await(() -> policy.check().status() == Health.Status.DOWN);
    assertThat(decide("@bob", "localhost:22"), instanceOf(Decision.Permit.class));
  }

  @Test
  public void whatIsExplainedIsWhatIsDecided() throws Exception {
    Files.writeString(file, BOOK);
    start("@alice");
    inForce(BOOK);
    RuleBook book = policy.inForce().orElseThrow();
    for (String client : List.of("@alice", "@bob", "@carol", "@mallory")) {
      for (String target : List.of("localhost:22", "localhost:5432", "service:ssh")) {
        RuleBook.Explanation told = book.explain(request(client, target));
        assertThat(told.decision(), is(decide(client, target)));
        assertThat(
            told.considered().stream().anyMatch(rule -> rule.rule().equals("managers")), is(true));
      }
    }
  }

  @Test
  public void decisionsOfThePastAreAskedAgainAsTheyWereKept() throws Exception {
    RuleBook before = policy.read("before", BOOK);
    RuleBook after = policy.read("after", BOOK.replace("localhost:22", "localhost:2222"));
    List<PastDecision> log =
        List.of("localhost:22", "localhost:5432", "service:ssh").stream()
            .map(target -> request("@bob", target))
            .map(asked -> new PastDecision(asked, before.decide(asked)))
            .map(kept -> PastDecision.of(kept.details()))
            .toList();
    assertThat(before.replay(log.iterator()).differing(), is(0L));
    RuleBook.Replayed replayed = after.replay(log.iterator());
    assertThat(replayed.asked(), is(3L));
    assertThat(replayed.differences().size(), is(1));
    assertThat(replayed.differences().get(0).sample(), is(log.get(0).request()));
    assertThat(replayed.counts().keySet().toString(), is("[PERMIT to DENY]"));
  }

  @Test
  public void whoCanAndWhatCanTellOfManagersToo() throws Exception {
    Files.writeString(file, BOOK);
    start("@alice");
    inForce(BOOK);
    RuleBook book = policy.inForce().orElseThrow();
    assertThat(
        book.whoCan(request("@alice", "localhost:22")).accesses().stream()
            .map(access -> access.sample().client().name())
            .sorted()
            .toList(),
        is(List.of("@alice", "@bob", "@carol")));
    assertThat(
        book.whatCan(AtSign.of("@alice")).accesses().get(0).decision().rule(), is("managers"));
  }
}
