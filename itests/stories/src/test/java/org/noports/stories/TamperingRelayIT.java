package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertArrayEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;
import org.noports.testkit.relay.AdversarialRelay;

/** A relay on the way that tampers with every link of the distribution's sessions. */
public class TamperingRelayIT {
  private static final int REAL = Shell.freePort();
  private static final AdversarialRelay RELAY =
      AdversarialRelay.before("127.0.0.1", REAL, 20_261_121);

  @ClassRule
  public static final ThreeMachines MACHINES = new ThreeMachines(TamperingRelayIT::front);

  /** Both ends meet where everything goes through the adversary. */
  private static void front(World world) {
    world
        .infrastructure()
        .configure(
            "org.noports.relay.server.cfg",
            "singlePort = " + REAL + "\nsinglePortAdvertised = " + RELAY.clientPort() + "\n");
    world.client().configure("org.noports.client.cfg", "only443 = true\n");
  }

  @AfterClass
  public static void noMore() {
    RELAY.close();
  }

  @Test
  public void isFoundOutAtTheBeginningByNameAndLaterCostsLinksAndNothingElse() throws Exception {
    Finished refused =
        MACHINES.world().client().run("connect", "dev1@device", "--to", "localhost:22");
    assertThat(refused.toString(), refused.exitCode(), equalTo(14));
    assertThat(RELAY.awaitAttack(1, Duration.ofSeconds(10)), containsString("FLIP of piece 1"));

    try (ServerSocket echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ThreeMachines.Tunnel tunnel = MACHINES.connect("localhost:" + echo.getLocalPort());
        Socket application = new Socket("127.0.0.1", tunnel.port())) {
      application.setSoTimeout(60_000);
      background(() -> giveBack(echo));
      byte[] sent = new byte[2_000_000];
      new Random(1).nextBytes(sent);
      background(
          () -> {
            application.getOutputStream().write(sent);
            application.shutdownOutput();
          });
      assertArrayEquals(sent, application.getInputStream().readAllBytes());
    }
    assertThat(audited(), containsString("link-violated"));
    assertThat(audited(), containsString("session-resumed"));
  }

  /** What the ends have kept. */
  private static String audited() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Machine machine : new Machine[] {MACHINES.world().client(), MACHINES.world().device()}) {
      Path events = machine.home().resolve("data/audit/events.jsonl");
      try (Stream<String> lines = Files.exists(events) ? Files.lines(events) : Stream.empty()) {
        lines.forEach(line -> all.append(line).append('\n'));
      }
    }
    return all.toString();
  }

  private static void giveBack(ServerSocket echo) throws IOException {
    try (Socket socket = echo.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    }
  }

  /** Work whose failure shows at the other end. */
  private interface Work {
    void run() throws IOException;
  }

  private static void background(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
