package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Echo;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Network;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/**
 * A policy service in a process of its own lets a client in from one network and not from another:
 * by its address, as the relay saw it and the device was told.
 */
public class PolicyByAddressIT {
  private static final String BOOK =
      """
      format: 1
      rules:
        - {name: from-the-plant, effect: permit, who: ["@alice"], devices: ["dev1@device"], kinds: [tunnel], when: "observed.address.within('10.77.0.2/32')"}
        - {name: anybody-home, effect: permit, who: ["@alice"], devices: ["dev1@device"], kinds: [ping]}
      """;

  /** So that the story need not wait for the half minute that machines may sleep. */
  private static final String IMPATIENT = "silentSeconds = 3\n";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Network network;
  private World world;
  private Machine policy;
  private Running service;

  @Before
  public void make() throws Exception {
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    network = Network.make();
    world = World.makeAway(distribution, root, "localhost:*", network, List.of("@alice", "@rules"));
    Path device = world.device().home().resolve("etc");
    Files.writeString(device.resolve("org.noports.policy.rules.cfg"), "managers =\n");
    Files.writeString(
        device.resolve("org.noports.policy.remote.cfg"), "policyAtSign = @rules\naskSeconds = 8\n");
    world.device().configure("org.noports.device-dev1.cfg", "observers = @relay\n");
    world.device().configure("org.noports.tunnel.cfg", IMPATIENT);
    world.client().configure("org.noports.tunnel.cfg", IMPATIENT);
    Path home = root.resolve("world/client-rules");
    Files.writeString(
        home.resolve("etc/org.noports.policy.host.cfg"), "atSign = @rules\ndevices = @device\n");
    Files.writeString(home.resolve("etc/org.noports.policy.rules.cfg"), "book = etc/policy.yaml\n");
    Files.writeString(home.resolve("etc/policy.yaml"), BOOK);
    policy = new Machine(distribution, home, root.resolve("run"), network.here());
    service = Running.start(Echo.service(network.here()));
    world.infrastructure().up().awaitWell("org.noports.relay.server");
    policy.up().awaitWell("org.noports.policy.host");
    world.device().up().awaitWell("org.noports.device/dev1");
    world.client().up();
  }

  @After
  public void end() {
    if (policy != null) {
      policy.close();
    }
    if (world != null) {
      world.close();
    }
    if (service != null) {
      service.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @Test
  public void theSameClientIsAdmittedFromOneAddressAndRefusedFromAnother() throws Exception {
    String target = "localhost:" + service.awaitLine(line -> true, ThreeMachines.SOON);
    LogSince said = new LogSince(policy);
    try (Running connect = world.client().start("connect", "dev1@device", "--to", target)) {
      String ready = connect.awaitLine(line -> line.contains(" is at "), ThreeMachines.SOON);
      int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
      try (Running visit = Running.start(Echo.visit(network.there(), port))) {
        assertThat(visit.await(Shell.LIMIT).orFail().out().trim(), is("same"));
      }
      said.await("policy-answered: dev1@device for @alice: permit by rule from-the-plant");
      // The session goes on from the other network, and must not.
      network.move();
      Finished ended = connect.await(ThreeMachines.SOON);
      assertThat(ended.toString(), ended.exitCode(), not(equalTo(0)));
    }
    said.await("policy-answered: dev1@device for @alice: abstain by rule default-deny");
    LogSince device = new LogSince(world.device());
    try (Running refused = world.client().start("connect", "dev1@device", "--to", target)) {
      device.await("by rule default-deny");
      Finished end = refused.await(ThreeMachines.SOON);
      assertThat(end.toString(), end.exitCode(), not(equalTo(0)));
    }
  }
}
