package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.stories.ThreeMachines.Tunnel;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;

/** Real ssh, scp and HTTP through three processes and a relay. */
public class RealPeersIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines();

  private static final int FIFTY_MEGABYTES = 50_000_000;

  @Test
  public void aCommandRunsOverSsh() {
    try (Tunnel tunnel = MACHINES.connect("localhost:" + MACHINES.sshd().port())) {
      Finished ssh = MACHINES.sshd().ssh(tunnel.port(), "echo through; exit 3");
      assertThat(ssh.toString(), ssh.exitCode(), equalTo(3));
      assertThat(ssh.out(), equalTo("through\n"));
    }
  }

  @Test
  public void fiftyMegabytesArriveWholeByScp() throws Exception {
    byte[] content = new byte[FIFTY_MEGABYTES];
    new Random(7).nextBytes(content);
    Path from = Files.write(MACHINES.file("sent"), content);
    Path to = MACHINES.file("received");
    try (Tunnel tunnel = MACHINES.connect("localhost:" + MACHINES.sshd().port());
        Running scp = MACHINES.sshd().scp(tunnel.port(), from, to)) {
      scp.await(Shell.LIMIT).orFail();
    }
    assertThat(sha256(Files.readAllBytes(to)), equalTo(sha256(content)));
  }

  @Test
  public void twentyConnectionsRunAtOnce() {
    try (Tunnel tunnel = MACHINES.connect("localhost:" + MACHINES.sshd().port())) {
      List<CompletableFuture<Finished>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String number = Integer.toString(i);
        all.add(
            CompletableFuture.supplyAsync(
                () -> MACHINES.sshd().ssh(tunnel.port(), "echo " + number),
                work -> new Thread(work).start()));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(all.get(i).join().toString(), all.get(i).join().out(), equalTo(i + "\n"));
      }
    }
  }

  @Test
  public void anHttpServiceIsReachedBesideIt() throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          byte[] body = "served".getBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    try (Tunnel tunnel = MACHINES.connect("localhost:" + service.getAddress().getPort())) {
      URI uri = URI.create("http://127.0.0.1:" + tunnel.port() + "/");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.body(), equalTo("served"));
    } finally {
      service.stop(0);
    }
  }

  @Test
  public void aUnixSocketIsAnEntranceToo() throws Exception {
    Path socket = MACHINES.file("door.sock");
    try (Running connect =
        MACHINES
            .world()
            .client()
            .start(
                "connect",
                "dev1@device",
                "--to",
                "localhost:" + MACHINES.sshd().port(),
                "--local",
                socket.toString())) {
      connect.awaitLine(line -> line.contains(" is at "), ThreeMachines.SOON);
      try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        ByteBuffer banner = ByteBuffer.allocate(7);
        while (banner.hasRemaining() && channel.read(banner) >= 0) {}
        assertThat(new String(banner.array()), equalTo("SSH-2.0"));
      }
    }
    MACHINES.world().client().run("sessions").orFail();
  }

  @Test
  public void neitherClientNorDeviceListensOnTheNetwork() {
    try (Tunnel tunnel = MACHINES.connect("localhost:" + MACHINES.sshd().port())) {
      String listening = Shell.run("ss", "-Hltnp").orFail().out();
      String clientPid = pidOf(MACHINES.world().client().run("status").orFail().out());
      String devicePid = pidOf(MACHINES.world().device().run("status").orFail().out());
      assertThat(
          listening.lines().filter(line -> line.contains("pid=" + devicePid + ",")).count(),
          equalTo(0L));
      assertThat(
          listening
              .lines()
              .filter(line -> line.contains("pid=" + clientPid + ","))
              .filter(line -> !line.contains("127.0.0.1]:" + tunnel.port()))
              .count(),
          equalTo(0L));
    }
  }

  @Test
  public void theStepsOfTheHandshakeAreShownWhenAskedFor() {
    try (Running connect =
        MACHINES
            .world()
            .client()
            .start("connect", "dev1@device", "--to", "localhost:22", "--verbose")) {
      String step =
          connect.awaitLine(line -> line.contains("relay gave two ports"), ThreeMachines.SOON);
      assertThat(step, containsString(" ms "));
    }
  }

  private static String pidOf(String status) {
    Matcher pid = Pattern.compile("process +(\\d+)").matcher(status);
    assertThat(status, pid.find(), equalTo(true));
    return pid.group(1);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
