package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Echo;
import org.noports.testkit.process.Network;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/** A client on its way: the relay is reached by IPv6, and the client's addresses change. */
public class AwayIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** So that the story need not wait for the half minute that machines may sleep. */
  private static final String IMPATIENT = "silentSeconds = 3\n";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Network network;
  private World world;
  private Running service;

  @Before
  public void make() throws Exception {
    Path root = folder.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    network = Network.make();
    network.alsoIpv6();
    world = World.makeAway(distribution, root, "localhost:*", network);
    Path relay = world.infrastructure().home().resolve("etc/org.noports.relay.server.cfg");
    Files.writeString(
        relay,
        "atSign = @relay\naddress = " + Network.HERE_IPV6 + "\nbindAddress = " + Network.HERE_IPV6);
    world.device().configure("org.noports.tunnel.cfg", IMPATIENT);
    world.client().configure("org.noports.tunnel.cfg", IMPATIENT);
    service = Running.start(Echo.service(network.here()));
    world.up();
  }

  @After
  public void end() {
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
  public void aConnectionThroughARelayByIpv6GoesOnWhenTheClientComesToAnotherNetwork()
      throws Exception {
    String target = "localhost:" + service.awaitLine(line -> true, SOON);
    Path enough = folder.getRoot().toPath().resolve("enough");
    try (Running connect = world.client().start("connect", "dev1@device", "--to", target)) {
      String ready = connect.awaitLine(line -> line.contains(" is at "), SOON);
      int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
      try (Running talk = Running.start(Echo.conversation(network.there(), port, enough))) {
        talk.awaitLine("talking"::equals, SOON);
        assertThat("client and device", network.callers(), hasItem("[fd77::2]"));
        assertThat("client and device", network.callers(), hasItem("[fd77::1]"));
        LogSince client = new LogSince(world.client());
        network.move();
        client.await("session-resumed: ");
        Files.createFile(enough);
        assertThat(talk.await(Shell.LIMIT).orFail().out(), containsString("same"));
        assertThat(network.callers(), hasItem("[fd77::3]"));
      }
      String sessions = world.client().run("sessions", "--json").orFail().out();
      assertThat("no new session", sessions, containsString("\"replaced\":0"));
    }
  }
}
