package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;

/** Each refusal has a name, an exit code and a limit, and leaves nothing listening. */
public class RefusalsIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines();

  /** The command's own process, on a machine that does other things too. */
  private static final Duration PROCESS = Duration.ofSeconds(12);

  @Test
  public void anUnknownAtSign() {
    Finished refused = refused("connect", "dev1@nobody", "--to", "localhost:22");
    assertThat(refused.toString(), refused.exitCode(), equalTo(5));
    assertThat(refused.err(), containsString("@nobody"));
    assertWithin(refused, Duration.ofSeconds(2));
  }

  @Test
  public void anAtSignThatTheOperatorRegistersAndRemoves() {
    Machine operator = MACHINES.world().infrastructure();
    operator.run("directory-add", "@zoe", "localhost:4711").orFail();
    Finished listed = operator.run("directory-list", "--json").orFail();
    assertThat(
        listed.out(), containsString("{\"atSign\":\"@zoe\",\"host\":\"localhost\",\"port\":4711}"));
    Finished found = MACHINES.world().client().run("where", "@zoe").orFail();
    assertThat(found.out(), containsString("localhost:4711"));
    operator.run("directory-remove", "@zoe").orFail();
    assertThat(refused("where", "@zoe").exitCode(), equalTo(5));
    Finished again = operator.run("directory-remove", "@zoe");
    assertThat(again.toString(), again.exitCode(), equalTo(5));
    assertThat(operator.run("directory-add", "@zoe").exitCode(), equalTo(2));
  }

  @Test
  public void aDeviceThatIsNotThere() {
    Finished refused = refused("connect", "dev9@device", "--to", "localhost:22");
    assertThat(refused.toString(), refused.exitCode(), equalTo(9));
    assertThat(refused.err(), containsString("dev9@device"));
    assertWithin(refused, Duration.ofSeconds(20));
  }

  @Test
  public void aTargetThatIsNotPermitted() {
    Finished refused = refused("connect", "dev1@device", "--to", "192.0.2.1:22");
    assertThat(refused.toString(), refused.exitCode(), equalTo(10));
    assertThat(refused.err(), containsString("192.0.2.1:22"));
    assertWithin(refused, Duration.ofSeconds(2));
  }

  @Test
  public void aRelayThatDoesNotAnswer() {
    Finished refused =
        refused("connect", "dev1@device", "--to", "localhost:22", "--relay", "@policy");
    assertThat(refused.toString(), refused.exitCode(), equalTo(8));
    assertThat(refused.err(), containsString("@policy"));
    assertWithin(refused, Duration.ofSeconds(5));
  }

  @Test
  public void keysThatAreNotHere() {
    Finished refused =
        refused("connect", "dev1@device", "--to", "localhost:22", "--from", "@mallory");
    assertThat(refused.toString(), refused.exitCode(), equalTo(4));
    assertThat(refused.err(), containsString("@mallory"));
    assertWithin(refused, Duration.ofSeconds(2));
  }

  @Test
  public void aLocalPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Finished refused =
          refused(
              "connect",
              "dev1@device",
              "--to",
              "localhost:22",
              "--local",
              "" + taken.getLocalPort());
      assertThat(refused.toString(), refused.exitCode(), equalTo(13));
      assertThat(refused.err(), containsString(Integer.toString(taken.getLocalPort())));
      assertWithin(refused, Duration.ofMillis(200));
    }
  }

  @Test
  public void argumentsThatCannotBe() {
    assertThat(refused("connect", "dev1@device", "--to", "nowhere").exitCode(), equalTo(2));
    assertThat(refused("connect", "@device").err(), containsString("--name"));
    assertThat(refused("conect", "dev1@device").exitCode(), equalTo(2));
  }

  @Test
  public void ctrlCEndsAWaitingConnectAndLeavesNoListener() {
    int port = Shell.freePort();
    try (Running connect =
        MACHINES
            .world()
            .client()
            .start("connect", "dev9@device", "--to", "localhost:22", "--local", "" + port, "-v")) {
      connect.awaitLine(line -> line.contains("local address bound"), ThreeMachines.SOON);
      Instant before = Instant.now();
      connect.signal("INT");
      Finished ended = connect.await(ThreeMachines.SOON);
      assertThat(ended.toString(), ended.exitCode(), equalTo(130));
      assertThat(Duration.between(before, Instant.now()), lessThan(PROCESS));
    }
    Instant end = Instant.now().plus(PROCESS);
    while (listening().contains(":" + port + " ") && Instant.now().isBefore(end)) {
      // The listener goes on an I/O loop of the instance, at the same time as the command.
    }
    assertThat(listening(), not(containsString(":" + port + " ")));
  }

  private static String listening() {
    return Shell.run("ss", "-Hltn").orFail().out();
  }

  private static Finished refused(String... command) {
    Finished finished = MACHINES.world().client().run(command);
    assertThat(finished.toString(), finished.out(), not(containsString("Exception")));
    assertThat(finished.toString(), finished.err(), not(containsString("\tat ")));
    return finished;
  }

  private static void assertWithin(Finished finished, Duration limit) {
    assertThat(finished.toString(), finished.took(), lessThan(limit.plus(PROCESS)));
  }
}
