package org.noports.stories;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.AfterClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.relay.DelayingForwarder;

/**
 * Two relays of which one is far away, each reached by its single port alone, which client and
 * device measure and then meet at (docs/decisions/0015-the-nearest-relay.md).
 */
public class RelayChoiceIT {
  private static final String NEAR = TwoRelays.otherThan(TwoRelays.FIRST);
  private static final int FIRST_PORT = Shell.freePort();
  private static final int NEAR_PORT = Shell.freePort();

  /** Stands before the relay that is named first. */
  private static final DelayingForwarder FAR = far();

  /**
   * Measuring is given its time: who is nearer is the question here, not how soon that is known.
   */
  @ClassRule
  public static final TwoRelays WORLD =
      new TwoRelays(
          relay -> relay.equals(NEAR) ? port(NEAR_PORT, NEAR_PORT) : port(FIRST_PORT, FAR.port()),
          "only443 = true\nrelayChoiceMillis = 10000\n");

  private static DelayingForwarder far() {
    try {
      return DelayingForwarder.before(FIRST_PORT, Duration.ofMillis(400));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String port(int own, int told) {
    return "singlePort = " + own + "\nsinglePortAdvertised = " + told + "\n";
  }

  @AfterClass
  public static void stop() throws IOException {
    FAR.close();
  }

  @Test
  public void theNearerRelayCarriesThoughTheOtherIsNamedFirst() throws Exception {
    try (Running connect = WORLD.connect()) {
      assertThat(banner(TwoRelays.port(connect)), startsWith("SSH-2.0-"));
      String sessions = WORLD.sessions();
      assertThat(sessions, containsString("\"relay\":\"" + NEAR + "\""));
      assertThat(sessions, containsString("\"relayAddress\":\"localhost:" + NEAR_PORT + "\""));
      assertThat(
          sessions,
          containsString("\"relayChoice\":[{\"relay\":\"" + NEAR + "\",\"fromClientMillis\":"));
      assertThat(
          WORLD.world().client().run("sessions", "-v").orFail().out(),
          containsString("relay choice    " + NEAR + " "));
    }
  }

  @Test
  public void theRelayThatIsAskedForCarriesHoweverFarItIs() throws Exception {
    try (Running connect =
        WORLD
            .world()
            .client()
            .start(
                "connect",
                "dev1@device",
                "--to",
                "localhost:" + WORLD.sshd().port(),
                "--relay",
                TwoRelays.FIRST)) {
      assertThat(banner(TwoRelays.port(connect)), startsWith("SSH-2.0-"));
      assertThat(
          WORLD.sessions(), containsString("\"relayAddress\":\"localhost:" + FAR.port() + "\""));
    }
  }

  private static String banner(int port) throws IOException {
    try (Socket ssh = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return new String(ssh.getInputStream().readNBytes(8), US_ASCII);
    }
  }
}
