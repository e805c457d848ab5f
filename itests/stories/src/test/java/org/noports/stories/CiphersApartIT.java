package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.World;

/**
 * Ciphers that go while the two ends are processes of their own: one of them stands still, both
 * lose the same bundle, or the whole client is stopped.
 */
public class CiphersApartIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PQ = "org.noports.cipher.pq";
  private static final int MANY = 100;

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static World world;
  private static Machine other;
  private static EchoService echo;

  @BeforeClass
  public static void make() throws Exception {
    Path root = FOLDER.getRoot().toPath();
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")), root.resolve("noports"));
    echo = EchoService.start();
    world = World.makeWith(distribution, root, "localhost:*", "dev2@device");
    Path home = root.resolve("world/device-dev2-device");
    other = new Machine(distribution, home, world.device().sockets());
    String permits = "permitOpen = localhost:*\nmaxSessionsPerClient = 400\n";
    other.configure("org.noports.device-dev2.cfg", permits);
    // A third one, which cannot do NP2, lives in the second one's process.
    String second = Files.readString(home.resolve("etc/org.noports.device-dev2.cfg"));
    other.configure(
        "org.noports.device-dev3.cfg", second.replace("dev2", "dev3") + "np2 = false\n");
    world
        .infrastructure()
        .configure(
            "org.noports.relay.server.cfg",
            "maxSessionsPerClient = 400\nmaxPortsPerClient = 800\n");
    // Not how soon they are there is asked, but what becomes of them.
    world
        .client()
        .configure(
            "org.noports.client.cfg", "relayTimeoutSeconds = 30\nresponseTimeoutSeconds = 30\n");
    world.up();
    other.up().awaitWell("org.noports.device/dev2").awaitWell("org.noports.device/dev3");
  }

  @AfterClass
  public static void end() throws Exception {
    if (other != null) {
      other.close();
    }
    if (world != null) {
      world.close();
    }
    if (echo != null) {
      echo.close();
    }
  }

  /** A session with one connection through it. */
  private record Talk(Running connect, Socket socket) implements AutoCloseable {
    static Talk with(String device) throws IOException {
      Running connect = world.client().start("connect", device, "--to", "localhost:" + echo.port());
      String ready = connect.awaitLine(line -> line.contains(" is at "), SOON);
      int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) SOON.toMillis());
      Talk talk = new Talk(connect, socket);
      talk.goesOn("begun");
      return talk;
    }

    void goesOn(String words) throws IOException {
      byte[] said = words.getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(said);
      byte[] heard = socket.getInputStream().readNBytes(said.length);
      assertThat(new String(heard, StandardCharsets.UTF_8), equalTo(words));
    }

    @Override
    public void close() throws IOException {
      socket.close();
      connect.close();
    }
  }

  @Test
  public void bothEndsMayLoseTheSameBundleAtOnce() throws Exception {
    try (Talk talk = Talk.with("dev1@device");
        Talk ofLevelOne = Talk.with("dev3@device")) {
      assertThat(receipts(world.client()), containsString("x-wing"));
      try (Running here = world.client().start("bundle:stop", PQ);
          Running there = world.device().start("bundle:stop", PQ)) {
        talk.goesOn("while it goes");
        here.await(SOON).orFail();
        there.await(SOON).orFail();
      }
      talk.goesOn("without it");
      ofLevelOne.goesOn("as ever");
      for (Machine end : List.of(world.client(), world.device())) {
        assertThat(receipts(end), containsString("swapped"));
        assertThat(users(end), not(containsString("x-wing")));
        end.run("bundle:start", PQ).orFail();
      }
      talk.goesOn("and with it again");
    }
  }

  @Test
  public void aDeviceThatStandsStillKeepsNoBundleFromStoppingAndNobodyElseFromGoingOn()
      throws Exception {
    LogSince client = new LogSince(world.client());
    try (Talk still = Talk.with("dev1@device");
        Talk moved = Talk.with("dev2@device");
        Talk ofLevelOne = Talk.with("dev3@device")) {
      try (Frozen frozen = Frozen.stop(world.device().pid())) {
        world.client().run("bundle:stop", PQ).orFail();
        String end = still.connect().awaitLine(line -> line.contains("cannot go on"), SOON);
        assertThat(end, containsString("was not moved to anything else"));
        assertThat(still.connect().await(SOON).exitCode(), equalTo(12));
        moved.goesOn("after the deadline");
        ofLevelOne.goesOn("as ever");
      }
      assertThat(client.all("cipher-left").toString(), containsString("closed"));
      assertThat(client.all("cipher-left").toString(), containsString("moved"));
    } finally {
      world.client().run("bundle:start", PQ).orFail();
    }
  }

  @Test
  public void aHundredSessionsKeepAClientFromStoppingForLessThanFiveSeconds() throws Exception {
    Machine client = world.client();
    Duration without = stopped(client);
    for (int number = 0; number < MANY; number++) {
      client.configure(
          "org.noports.client-t" + number + ".cfg",
          "to = @device\ndevice = dev2\nlocal = 0\ntarget = localhost:" + echo.port() + "\n");
    }
    client.up();
    Eventually.holds(
        Duration.ofMinutes(6),
        () -> client.run("sessions", "--json").out().split("\"side\"").length > MANY);
    Duration with = stopped(client);
    assertThat(with.minus(without), lessThan(Duration.ofSeconds(5)));
    Eventually.holds(SOON, () -> !other.run("sessions", "--json").out().contains("\"side\""));
    // The next story has the client to itself.
    client.up();
    for (int number = 0; number < MANY; number++) {
      Files.delete(client.home().resolve("etc/org.noports.client-t" + number + ".cfg"));
    }
    Eventually.holds(
        Duration.ofMinutes(6), () -> !client.run("sessions", "--json").out().contains("\"side\""));
  }

  @Test
  public void whatEitherEndDeniesIsLeftInTheLinkThatThereIs() throws Exception {
    List<Machine> ends = List.of(world.device(), world.client());
    LogSince client = new LogSince(world.client());
    try (Talk talk = Talk.with("dev1@device")) {
      for (Machine end : ends) {
        String said = end.run("cipher-deny", "aes256gcm").orFail().out();
        assertThat(said, containsString("1 sessions moved, 0 draining, 0 closed"));
        talk.goesOn("without it");
        for (Machine each : ends) {
          assertThat(users(each), not(containsString("aes256gcm")));
        }
        end.run("cipher-allow", "aes256gcm").orFail();
        Eventually.holds(SOON, () -> users(world.client()).contains("aes256gcm"));
        talk.goesOn("and with it again");
      }
      assertThat(swaps(world.client()), hasSize(4));
      assertThat(swaps(world.client()), equalTo(swaps(world.device())));
    }
    assertThat("no other link was needed", client.all("link-lost"), empty());
  }

  /** What both ends know of them is the same. */
  private static List<String> swaps(Machine machine) {
    return receipts(machine).lines().filter(line -> line.contains("swapped")).toList();
  }

  private static Duration stopped(Machine machine) {
    Finished down = machine.run("down").orFail();
    return down.took();
  }

  private static String receipts(Machine machine) {
    return machine.run("sessions", "--verbose").orFail().out();
  }

  /** The algorithms that sessions use now. */
  private static String users(Machine machine) {
    return machine
        .run("ciphers", "--json")
        .orFail()
        .out()
        .replaceAll("\\{[^}]*\"sessions\":0[^}]*\\}", "");
  }
}
