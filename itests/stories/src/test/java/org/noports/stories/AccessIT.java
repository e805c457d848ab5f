package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.stories.ThreeMachines.Tunnel;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;

/** Access for a time: refused, asked for, granted, used, and over by itself. */
public class AccessIT {
  @ClassRule
  public static final ThreeMachines MACHINES = new ThreeMachines(world -> askers(world.device()));

  private static final Duration GRANTED = Duration.ofSeconds(60);

  /** The device's only rule forbids, and nobody manages it. */
  private static void askers(Machine device) {
    try {
      Path etc = device.home().resolve("etc");
      Files.writeString(etc.resolve("org.noports.policy.rules.cfg"), "book = etc/policy.yaml\n");
      Files.writeString(etc.resolve("org.noports.access.cfg"), "askers = @alice\n");
      Files.writeString(
          etc.resolve("policy.yaml"),
          """
          format: 1
          rules:
            - {name: never-the-database, effect: forbid, who: ["*"], devices: ["*"], places: ["*:5432"]}
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  public void accessIsAskedForGrantedAndOverByItself() throws Exception {
    Machine client = MACHINES.world().client();
    Machine device = MACHINES.world().device();
    String place = "localhost:" + MACHINES.sshd().port();

    Finished refused = client.run("connect", "dev1@device", "--to", place);
    assertThat(refused.toString(), refused.exitCode(), equalTo(10));
    assertThat(refused.err(), containsString("Not permitted by rule 'default-deny'"));

    try (Running asking = ask(client, place)) {
      String line = asking.awaitLine(it -> it.contains("access-approve "), ThreeMachines.SOON);
      String id = line.substring(line.lastIndexOf(' ') + 1);
      Finished waits = device.run("access-requests").orFail();
      assertThat(
          waits.out(),
          containsString(id + "  waits  @alice  dev1@device " + place + "  for 3600 s"));
      assertThat(waits.out(), containsString("the pump does not start"));

      device
          .run("access-approve", id.substring(0, 12), "--for", GRANTED.toSeconds() + "s")
          .orFail();
      Finished granted = asking.await(ThreeMachines.SOON).orFail();
      assertThat(granted.out(), containsString("Granted until "));

      try (Tunnel tunnel = MACHINES.connect(place)) {
        Finished ended = tunnel.process().await(GRANTED.plus(ThreeMachines.SOON));
        assertThat(ended.err(), containsString("the other end does not permit it any more"));
      }
      Finished audit = device.run("audit", "--event", "session-ended").orFail();
      assertThat(audit.out(), containsString("access-" + id));
      assertThat(audit.out(), containsString("is over"));
      // The session ends at its own time; the grant, when it is looked at again.
      Eventually.holds(
          () ->
              device
                  .run("audit", "--event", "access-over")
                  .orFail()
                  .out()
                  .contains("access=" + id));
    }
    Finished late = client.run("connect", "dev1@device", "--to", place);
    assertThat(late.toString(), late.exitCode(), equalTo(10));
  }

  @Test
  public void whatARuleForbidsIsNotOpenedByAGrantAndADenialIsTold() throws Exception {
    Machine client = MACHINES.world().client();
    Machine device = MACHINES.world().device();
    Finished waits =
        client
            .run(
                "access-request",
                "dev1@device",
                "--to",
                "localhost:5432",
                "--reason",
                "a look at the tables",
                "-b")
            .orFail();
    String id = waits.out().strip();
    device.run("access-approve", id).orFail();
    Finished refused = client.run("connect", "dev1@device", "--to", "localhost:5432");
    assertThat(refused.toString(), refused.exitCode(), equalTo(10));
    assertThat(refused.err(), containsString("never-the-database"));
    device.run("access-deny", id).orFail();

    try (Running asking = ask(client, "localhost:80")) {
      String line = asking.awaitLine(it -> it.contains("access-approve "), ThreeMachines.SOON);
      String other = line.substring(line.lastIndexOf(' ') + 1);
      device.run("access-deny", other, "--reason", "use the test device").orFail();
      Finished denied = asking.await(ThreeMachines.SOON);
      assertThat(denied.toString(), denied.exitCode(), equalTo(10));
      assertThat(denied.err(), containsString("use the test device"));
    }
    assertThat(device.run("access-requests").orFail().out(), equalTo(""));
  }

  private static Running ask(Machine client, String place) {
    return client.start(
        "access-request", "dev1@device", "--to", place, "--reason", "the pump does not start");
  }
}
