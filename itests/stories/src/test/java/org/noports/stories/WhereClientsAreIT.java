package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.MmdbFile;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Echo;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Network;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/**
 * A client that its device lets in from one network and not from another: by its address, as the
 * relay saw it, and by the country of that address.
 */
public class WhereClientsAreIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** So that the story need not wait for the half minute that machines may sleep. */
  private static final String IMPATIENT = "silentSeconds = 3\n";

  private static final String BOOK =
      """
      format: 1
      rules:
        - {name: alice, effect: permit, who: ["@alice"], devices: ["dev1@device"], kinds: [ping, tunnel], when: "observed.country == 'DE'"}
        - {name: only-from-the-plant, effect: forbid, who: ["*"], devices: ["*"], when: "!observed.address.within('10.77.0.2/32')"}
      tests:
        - {name: from the plant, ask: {who: "@alice", device: dev1@device, place: "localhost:22", observed-address: 10.77.0.2, observed-country: DE}, expect: permit}
        - {name: from home, ask: {who: "@alice", device: dev1@device, place: "localhost:22", observed-address: 10.77.0.3, observed-country: DE}, expect: deny}
      """;

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
    world = World.makeAway(distribution, root, "localhost:*", network);
    Path etc = world.device().home().resolve("etc");
    Files.writeString(etc.resolve("policy.yaml"), BOOK);
    Files.write(etc.resolve("countries.mmdb"), new MmdbFile().with("10.77.0.2/31", "DE").bytes());
    Files.writeString(
        etc.resolve("org.noports.policy.rules.cfg"),
        "book = etc/policy.yaml\ncountries = etc/countries.mmdb\n");
    world.device().configure("org.noports.device-dev1.cfg", "observers = @relay\n");
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
  public void theSameClientIsAdmittedFromOneAddressAndRefusedFromAnother() throws Exception {
    String target = "localhost:" + service.awaitLine(line -> true, SOON);
    try (Running connect = world.client().start("connect", "dev1@device", "--to", target)) {
      String ready = connect.awaitLine(line -> line.contains(" is at "), SOON);
      int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
      try (Running visit = Running.start(Echo.visit(network.there(), port))) {
        assertThat(visit.await(Shell.LIMIT).orFail().out().trim(), is("same"));
      }
      // The session goes on from the other network, and must not.
      network.move();
      Finished ended = connect.await(SOON);
      assertThat(ended.toString(), ended.exitCode(), not(equalTo(0)));
    }
    Finished refused = world.client().run("connect", "dev1@device", "--to", target);
    assertThat(refused.toString(), refused.exitCode(), equalTo(10));
    assertThat(refused.err(), containsString("Not permitted by rule 'only-from-the-plant'"));
    String audit = Files.readString(world.device().home().resolve("data/audit/events.jsonl"));
    assertThat(audit, containsString("10.77.0.2"));
    assertThat(audit, containsString("10.77.0.3"));
  }
}
