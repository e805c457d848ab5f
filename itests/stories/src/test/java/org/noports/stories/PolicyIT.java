package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.stories.ThreeMachines.Tunnel;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;

/** A book of rules on a running device: in force without a restart, and against what runs. */
public class PolicyIT {
  @ClassRule
  public static final ThreeMachines MACHINES = new ThreeMachines(world -> byBook(world.device()));

  /** Instead of the managers that the world was made with. */
  private static void byBook(Machine device) {
    try {
      Files.writeString(
          device.home().resolve("etc/org.noports.policy.rules.cfg"), "book = etc/policy.yaml\n");
      write(device, BOOK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It takes less than two seconds, unless the machine has other things to do. */
  private static final Duration CUT = Duration.ofSeconds(10);

  private static final String BOOK =
      """
      format: 1
      rules:
        - {name: alice-by-day, effect: permit, who: ["@alice"], devices: ["dev1@device"], kinds: [ping, tunnel], places: ["localhost:*"], when: now.date > '2000-01-01'}
        - {name: closed-hours, effect: forbid, who: ["*"], devices: ["*"], places: ["*:5432"], when: now.date > '2000-01-01'}
      tests:
        - {name: alice gets in, ask: {who: "@alice", device: dev1@device, place: "localhost:22", at: "2026-11-21T12:00"}, expect: permit}
      """;

  @Test
  public void aBookAdmitsRefusesAndEndsWhatItWithdraws() throws Exception {
    Machine device = MACHINES.world().device();
    int sshd = MACHINES.sshd().port();
    try (Tunnel tunnel = MACHINES.connect("localhost:" + sshd)) {
      Finished refused =
          MACHINES.world().client().run("connect", "dev1@device", "--to", "localhost:5432");
      assertThat(refused.toString(), refused.exitCode(), equalTo(10));
      assertThat(refused.err(), containsString("Not permitted by rule 'closed-hours'"));

      explainsAs(device, "localhost:" + sshd, "permit by alice-by-day");
      explainsAs(device, "localhost:5432", "deny by closed-hours");
      refusesABookWhoseTestsFail(device);

      write(
          device,
          BOOK.replace("who: [\"@alice\"]", "who: [\"@bob\"]").replaceAll("tests:\n.*\n", ""));
      Instant withdrawn = Instant.now();
      Finished ended = tunnel.process().await(ThreeMachines.SOON);
      assertThat(
          ended.toString(),
          ended.err(),
          containsString("the other end does not permit it any more"));
      String told = device.run("audit", "--event", "session-ended", "--json").orFail().out();
      assertThat(told, containsString("it is not permitted any more: rule 'default-deny'"));
      assertThat(told, Duration.between(withdrawn, endOf(told)), lessThan(CUT));
    }
    Finished stranger =
        MACHINES.world().client().run("connect", "dev1@device", "--to", "localhost:" + sshd);
    assertThat(stranger.toString(), stranger.exitCode(), not(equalTo(0)));
  }

  private static void explainsAs(Machine device, String place, String decision) {
    Finished told = device.run("policy-explain", "@alice", "@device", "dev1", place).orFail();
    assertThat(told.out(), containsString(decision));
    assertThat(told.out(), containsString("now.date > \"2000-01-01\" is true"));
  }

  private static void refusesABookWhoseTestsFail(Machine device) throws IOException {
    Path other = MACHINES.file("other.yaml");
    Files.writeString(other, BOOK.replace("expect: permit", "expect: deny"));
    Finished failing = device.run("policy-test", other.toString());
    assertThat(failing.toString(), failing.exitCode(), equalTo(3));
    assertThat(failing.out(), containsString("'alice gets in' expects DENY, but"));
    Files.writeString(other, BOOK.replace("who: [\"@alice\"]", "who: [\"@bob\"]"));
    Finished changes = device.run("policy-diff", other.toString()).orFail();
    assertThat(changes.out(), containsString("@alice tunnel dev1@device"));
    Finished past =
        device
            .run(
                "policy-replay",
                device.home().resolve("data/audit/events.jsonl").toString(),
                other.toString())
            .orFail();
    assertThat(past.out(), containsString("PERMIT to DENY"));
    assertThat(
        device.run("policy-who-can", "@device", "dev1", "localhost:22").orFail().out(),
        containsString("@alice tunnel dev1@device localhost:22"));
    assertThat(
        device.run("policy-what-can", "@alice").orFail().out(), containsString("alice-by-day"));
  }

  private static Instant endOf(String event) {
    int at = event.indexOf("\"at\":\"") + 6;
    return Instant.parse(event.substring(at, event.indexOf('"', at)));
  }

  private static void write(Machine device, String book) throws IOException {
    Path file = device.home().resolve("etc/policy.yaml");
    Path fresh = file.resolveSibling("policy.yaml.new");
    Files.writeString(fresh, book);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
