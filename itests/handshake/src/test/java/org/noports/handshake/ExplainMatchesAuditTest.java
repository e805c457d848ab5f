package org.noports.handshake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.AuditFilter;
import org.noports.api.audit.AuditTrail;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.health.Health;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.RuleBook;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.audit.AuditAtHome;
import org.noports.device.RuledDevice;
import org.noports.policy.rules.BookAtHome;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.TestClock;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.RealKeys;

/**
 * Books and requests by chance, through a device's front door and into the files of its audit:
 * whatever was decided there, {@code explain} of the recorded question by the recorded revision
 * names the same rule, and its trace is why. The clock jumps from each request to the next.
 */
public class ExplainMatchesAuditTest {
  private static final int BOOKS = 40;
  private static final int REQUESTS = 10;
  private static final long SEED = 20261121;
  private static final List<String> TARGETS =
      List.of(
          "localhost:22",
          "localhost:80",
          "127.0.0.1:22",
          "192.0.2.7:22",
          "192.0.2.7:443",
          "192.0.2.200:80",
          "[2001:db8::1]:22",
          "service:ssh");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Random random = new Random(SEED);
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final AtServerWorld world = new AtServerWorld();
  private final BlockingQueue<AuditEvent> happened = new LinkedBlockingQueue<>();
  private final Map<String, RuleBook> books = new HashMap<>();
  private AuditAtHome kept;
  private RuledDevice home;
  private List<AskingClient> clients;

  @Before
  public void open() throws Exception {
    world.with(RealKeys.of("@device"), RealKeys.of("@alice"), RealKeys.of("@bob"));
    kept = new AuditAtHome(folder.getRoot().toPath().resolve("audit"), clock);
    home = new RuledDevice(world, kept.audit, clock);
    kept.audit.follow(AuditFilter.ALL, entry -> happened.add(entry.event()));
    home.configure(
        Map.ofEntries(
            Map.entry("atSign", "@device"),
            Map.entry("name", "dev1"),
            Map.entry("group", "pumps"),
            Map.entry("tags", "north, old"),
            Map.entry("permitOpen", "*:*,udp:*:*"),
            Map.entry("permitListen", "localhost:*"),
            Map.entry("maxSessionsPerClient", 10_000)));
    Eventually.holds(() -> home.device.check().status() == Health.Status.OK);
    String key = home.ciphers.keyTransport(KeyTransport.RSA_2048).generate().publicKey();
    clients = List.of(new AskingClient(world, "@alice", key), new AskingClient(world, "@bob", key));
  }

  @After
  public void close() {
    home.close();
    kept.close();
    world.close();
  }

  @Test
  public void whatTheAuditRecordedIsWhatExplainExplains() throws Exception {
    for (int i = 0; i < BOOKS; i++) {
      Path file = folder.getRoot().toPath().resolve("book-" + i + ".yaml");
      Files.writeString(file, new ChanceBook(random).text());
      try (BookAtHome book = new BookAtHome(file, random.nextInt(4) == 0 ? "@bob" : "")) {
        books.put(book.inForce().revision(), book.inForce());
        home.rule(book.policy);
        for (int j = 0; j < REQUESTS; j++) {
          clock.advance(Duration.ofMinutes(random.nextInt(40_000) - 20_000));
          request();
        }
      }
    }
    kept.close();
    compare();
  }

  private void request() throws Exception {
    AskingClient client = one(clients);
    SessionId session = SessionId.random();
    switch (random.nextInt(5)) {
      case 0 -> {
        client.ping();
        await(event -> "PING".equals(event.details().get("kind")));
        return;
      }
      case 1 -> client.ssh(session);
      default -> client.tunnel(session, Target.of(one(TARGETS)));
    }
    AuditEvent end =
        await(
            event ->
                List.of("session-opened", "session-refused").contains(event.event())
                    && session.toString().equals(event.details().get("session")));
    if (end.event().equals("session-opened")) {
      streams(home.ends.opened().get(home.ends.opened().size() - 1).gate().orElseThrow());
    }
  }

  /** What is opened later in a session is decided on in the same way. */
  private void streams(StreamGate gate) {
    Stages.value(gate.admit(new StreamRequest.Connect(Target.of(one(TARGETS)))));
    Stages.value(gate.admit(new StreamRequest.Udp(Target.of("192.0.2.7:53"))));
    Stages.value(gate.admit(new StreamRequest.Listen(new LocalAddress.Port("localhost", 8080))));
  }

  /** The next such event, on the disk. */
  private AuditEvent await(Predicate<AuditEvent> wanted) throws Exception {
    while (true) {
      AuditEvent next = happened.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("Nothing of it came into the audit");
      }
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  private void compare() throws Exception {
    assertThat(
        kept.audit
            .verify(new AuditTrail.Question(List.of(), List.of(), Optional.empty()))
            .findings(),
        empty());
    Map<String, Integer> answers = new TreeMap<>();
    Map<RequestKind, Integer> kinds = new EnumMap<>(RequestKind.class);
    for (AuditEvent event : kept.read(PastDecision.EVENT)) {
      PastDecision past = PastDecision.of(event.details());
      same(past, books.get(past.decision().revision()));
      answers.merge(PastDecision.answer(past.decision()), 1, Integer::sum);
      kinds.merge(past.request().kind(), 1, Integer::sum);
    }
    String all = answers + " of " + kinds;
    for (String answer : List.of("permit", "deny", "abstain")) {
      assertThat(all, answers.getOrDefault(answer, 0), greaterThan(BOOKS));
    }
    assertThat(all, kinds.size(), is(5));
  }

  private static void same(PastDecision past, RuleBook book) {
    RuleBook.Explanation told = book.explain(past.request());
    String what = past + " by\n" + book.text() + "\n" + told;
    assertThat(what, told.decision().rule(), is(past.decision().rule()));
    assertThat(
        what, PastDecision.answer(told.decision()), is(PastDecision.answer(past.decision())));
    assertThat(what, told.decision().revision(), is(past.decision().revision()));
    if (past.decision() instanceof Decision.Permit permit) {
      assertThat(what, ((Decision.Permit) told.decision()).obligations(), is(permit.obligations()));
    }
    assertThat(what, winner(told), is(past.decision().rule()));
  }

  /** What the trace alone says: a forbid that is not false wins, then a permit that is true. */
  private static String winner(RuleBook.Explanation told) {
    List<RuleBook.Considered> byName =
        told.considered().stream().sorted(Comparator.comparing(RuleBook.Considered::rule)).toList();
    return byName.stream()
        .filter(rule -> rule.effect().equals("forbid") && !rule.truth().equals("false"))
        .findFirst()
        .or(
            () ->
                byName.stream()
                    .filter(rule -> rule.effect().equals("permit") && rule.truth().equals("true"))
                    .findFirst())
        .map(RuleBook.Considered::rule)
        .orElse("default-deny");
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
