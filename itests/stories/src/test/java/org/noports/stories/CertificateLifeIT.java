package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Shell;

/** A world's certificates and its CA change while it runs; key files get a passphrase. */
public class CertificateLifeIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines();

  @Test
  public void theCaChangesWhileSessionsRunAndNothingIsRestarted() throws Exception {
    Path world = MACHINES.file("world");
    Machine maker =
        new Machine(
            MACHINES.world().client().distribution(),
            MACHINES.file("maker"),
            MACHINES.world().client().sockets());
    Path oldCa = Files.copy(world.resolve("ca/ca.pem"), MACHINES.file("old-ca.pem"));
    String atServer = addressOf("@relay");
    try (maker;
        EchoService echo = EchoService.start();
        ThreeMachines.Tunnel tunnel = MACHINES.connect("localhost:" + echo.port());
        Socket through = new Socket(InetAddress.getLoopbackAddress(), tunnel.port())) {
      assertEchoes(through);
      assertThat(accepted(atServer, world.resolve("ca/ca.pem")), equalTo(true));
      Finished rotated = maker.run("world-rotate", world.toString()).orFail();
      assertThat(rotated.out(), containsString("Two generations"));
      Path newCa = world.resolve("ca/ca.pem");
      awaitAccepted(atServer, newCa);
      assertThat("who has only the old CA", accepted(atServer, oldCa), equalTo(true));
      assertEchoes(through);
      assertConnects(echo);

      maker.run("world-rotate", world.toString(), "--finish").orFail();
      assertThat(
          Files.exists(world.resolve("device-dev1-device/etc/trust/ca-previous.pem")),
          equalTo(false));
      assertEchoes(through);
      assertConnects(echo);
    }
  }

  @Test
  public void aClientsKeysGetAPassphraseAndWaitForItAfterAStart() throws Exception {
    Machine client = MACHINES.world().client();
    Path phrase = secret("phrase", "correct horse, battery staple\n");
    client.run("keys-passphrase", "@alice", "--new-file", phrase.toString()).orFail();
    assertThat(
        Files.readString(client.home().resolve("etc/keys/@alice_key.atKeys")),
        not(containsString("aesPkam")));
    client.close();
    client.up();
    Finished locked = client.run("keys-show", "@alice");
    assertThat(locked.toString(), locked.exitCode(), equalTo(4));
    assertThat(locked.err(), containsString("noports:keys-unlock @alice"));
    Path wrong = secret("wrong", "incorrect horse\n");
    Finished refused = client.run("keys-unlock", "@alice", "--passphrase-file", wrong.toString());
    assertThat(refused.toString(), refused.exitCode(), equalTo(4));
    client.run("keys-unlock", "@alice", "--passphrase-file", phrase.toString()).orFail();
    client.run("keys-show", "@alice").orFail();
    client
        .run("keys-passphrase", "@alice", "--remove", "--current-file", phrase.toString())
        .orFail();
    client.run("keys-show", "@alice").orFail();
  }

  private static String addressOf(String atSign) {
    String where = MACHINES.world().client().run("where", atSign).orFail().out();
    return "localhost:" + where.replaceAll("(?s).*localhost:(\\d+).*", "$1");
  }

  private static void awaitAccepted(String address, Path ca) {
    Instant end = Instant.now().plus(ThreeMachines.SOON);
    while (!accepted(address, ca)) {
      assertThat(address + " shows a certificate of the new CA", Instant.now().isBefore(end));
    }
  }

  /** Whether another program, which trusts that CA alone, accepts the certificate. */
  private static boolean accepted(String address, Path ca) {
    return Shell.run(
                "openssl",
                "s_client",
                "-connect",
                address,
                "-CAfile",
                ca.toString(),
                "-no-CApath",
                "-no-CAstore",
                "-verify_return_error",
                "-verify_hostname",
                "localhost")
            .exitCode()
        == 0;
  }

  private static void assertConnects(EchoService echo) throws IOException {
    try (ThreeMachines.Tunnel tunnel = MACHINES.connect("localhost:" + echo.port());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.port())) {
      assertEchoes(socket);
    }
  }

  private static void assertEchoes(Socket socket) throws IOException {
    byte[] word = "still here".getBytes(StandardCharsets.US_ASCII);
    socket.setSoTimeout((int) ThreeMachines.SOON.toMillis());
    socket.getOutputStream().write(word);
    byte[] back = socket.getInputStream().readNBytes(word.length);
    assertThat(new String(back, StandardCharsets.US_ASCII), equalTo("still here"));
  }

  private static Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(MACHINES.file(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
