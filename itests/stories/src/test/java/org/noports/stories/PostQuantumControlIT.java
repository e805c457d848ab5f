package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;

/**
 * Requests and answers under keys that stand a quantum computer: turned on at both ends while they
 * run, beside a relay that knows nothing of it, and taken away again.
 */
public class PostQuantumControlIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines();

  private static final String FEATURE = "noports-atserver-pq";
  private static final String SEND = "sendCodec = at/symmetric/AES/GCM\n";
  private static final String TO_DEVICE = "content-key-conveyed: @alice writes to @device";
  private static final String TO_CLIENT = "content-key-conveyed: @device writes to @alice";
  private static final String AS_EVER = "value-not-post-quantum: ";

  private final Machine client = MACHINES.world().client();
  private final Machine device = MACHINES.world().device();

  @Test
  public void bothEndsSealWhatOpensSessionsAndTheRelayIsStillReached() throws Exception {
    try (EchoService echo = EchoService.start();
        ThreeMachines.Tunnel first = connect(echo);
        Socket through = open(first)) {
      LogSince atClient = new LogSince(client);
      LogSince atDevice = new LogSince(device);
      theDeviceAloneReachesAClientWithout(atDevice, echo);
      turnOn(client, "@alice:sshnp");
      client.configure("org.noports.client.cfg", "require = pq-secrecy\n");
      client.configure("org.noports.atserver.cfg", SEND);
      Eventually.holds(() -> !isMissingAfterAsking(atClient, TO_DEVICE));
      try (ThreeMachines.Tunnel second = connect(echo);
          Socket sealed = open(second)) {
        assertEchoes(sealed);
        atDevice.await(TO_CLIENT);
        assertThat(atClient.all(AS_EVER + "@alice writes to @relay"), hasSize(1));
        assertThat(atClient.all(AS_EVER + "@alice writes to @device"), empty());
        withoutTheBundleNothingIsRead(atDevice, echo);
        assertEchoes(sealed);
      }
      install(device);
      Eventually.holds(() -> device.run("health").out().contains("1 published"));
      try (ThreeMachines.Tunnel third = connect(echo);
          Socket again = open(third)) {
        assertEchoes(again);
      }
      assertEchoes(through);
    }
  }

  private void theDeviceAloneReachesAClientWithout(LogSince atDevice, EchoService echo)
      throws Exception {
    turnOn(device, "@device:dev1.sshnp");
    device.configure("org.noports.atserver.cfg", SEND);
    Eventually.holds(() -> !isMissingAfterAsking(atDevice, AS_EVER + "@device writes to @alice"));
    try (ThreeMachines.Tunnel without = connect(echo);
        Socket through = open(without)) {
      assertEchoes(through);
    }
    assertThat(atDevice.all(TO_CLIENT), empty());
  }

  /** Whether a line is still missing, the client having pinged the device. */
  private boolean isMissingAfterAsking(LogSince log, String line) throws IOException {
    client.run("devices", "@device");
    return log.all(line).isEmpty();
  }

  private void withoutTheBundleNothingIsRead(LogSince atDevice, EchoService echo) throws Exception {
    device.run("feature:uninstall", FEATURE).orFail();
    Finished unread =
        client.run("connect", "dev1@device", "--to", "localhost:" + echo.port(), "-b");
    assertThat(unread.toString(), unread.exitCode(), not(equalTo(0)));
    assertThat(atDevice.await("no bundle here reads that"), containsString("at/symmetric/AES/GCM"));
  }

  private static void turnOn(Machine machine, String place) throws Exception {
    install(machine);
    machine.configure(
        "org.noports.atserver.pq.cfg", "publish = " + place + "\nwithoutKey = legacy\n");
    Eventually.holds(() -> machine.run("health").out().contains("1 published"));
  }

  private static void install(Machine machine) {
    machine.run("feature:install", FEATURE).orFail();
  }

  private static ThreeMachines.Tunnel connect(EchoService echo) {
    return MACHINES.connect("localhost:" + echo.port());
  }

  private static Socket open(ThreeMachines.Tunnel tunnel) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.port());
    socket.setSoTimeout((int) ThreeMachines.SOON.toMillis());
    return socket;
  }

  private static void assertEchoes(Socket socket) throws IOException {
    byte[] word = "still here".getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(word);
    assertThat(
        new String(socket.getInputStream().readNBytes(word.length), StandardCharsets.US_ASCII),
        equalTo("still here"));
  }
}
