package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/** Several forwards through one session: local, SOCKS5, datagrams, and back from the device. */
public class ForwardsIT {
  private static final int BACK = Shell.freePort();
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

  @ClassRule
  public static final ThreeMachines MACHINES = new ThreeMachines(ForwardsIT::permitToListen);

  private HttpServer service;

  private static void permitToListen(World world) {
    world
        .device()
        .configure(
            "org.noports.device-dev1.cfg", "np2 = true\npermitListen = localhost:" + BACK + "\n");
    world.client().configure("org.noports.client.cfg", "np2 = true\n");
  }

  @Before
  public void serve() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestURI().getPath().getBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @After
  public void serveNoMore() {
    service.stop(0);
  }

  private String target() {
    return "localhost:" + service.getAddress().getPort();
  }

  /** Holds a session with these forwards; its own target is the machine's sshd. */
  private static Running connect(String... forwards) {
    List<String> command = new ArrayList<>(List.of("connect", "dev1@device", "-v"));
    command.addAll(List.of("--to", "localhost:" + MACHINES.sshd().port()));
    command.addAll(List.of(forwards));
    return MACHINES.world().client().start(command.toArray(String[]::new));
  }

  private static int ready(Running connect, String forward) {
    String line =
        connect.awaitLine(
            said -> said.startsWith(forward) && said.contains(", through dev1@device"),
            ThreeMachines.SOON);
    Matcher port = PORT.matcher(line);
    assertThat(line, port.find(), equalTo(true));
    return Integer.parseInt(port.group(1));
  }

  /** Those of tests before may still be ending. */
  private static int deviceSessions() {
    String all = MACHINES.world().device().run("sessions", "--json").orFail().out();
    return all.split("\"side\":\"device\"", -1).length - 1;
  }

  private static String listening() {
    return Shell.run("ss", "-Hlntup").orFail().out();
  }

  @Test
  public void curlGoesThroughSocksAndTheDeviceLooksNamesUp() throws Exception {
    int port;
    try (Running connect = connect("--socks", "0")) {
      port = ready(connect, "socks");
      String proxy = "127.0.0.1:" + port;
      Finished curl = Shell.run("curl", "-sS", "--socks5-hostname", proxy, "http://" + target());
      assertThat(curl.toString(), curl.orFail().out().trim(), equalTo("/"));
      Finished refused =
          Shell.run("curl", "-sS", "--socks5-hostname", proxy, "http://192.0.2.1:80/");
      assertThat(refused.toString(), refused.exitCode(), equalTo(97));
      assertThat("not allowed by the device", refused.err(), containsString("(2)"));
      Finished absent =
          Shell.run(
              "curl",
              "-sS",
              "--socks5-hostname",
              proxy,
              "http://localhost:" + Shell.freePort() + "/");
      assertThat("allowed, but nobody is there", absent.err(), containsString("(5)"));
      Finished sessions = MACHINES.world().client().run("sessions", "--json").orFail();
      assertThat(sessions.out(), containsString("\"forwards\":[\"socks " + proxy + "\"]"));
      assertThat(sessions.out(), containsString("\"level\":\"L"));
      assertThat(sessions.out(), not(containsString("\"level\":\"L1\"")));
    }
    Eventually.holds(() -> !listening().contains(":" + port + " "));
  }

  @Test
  public void severalLocalForwardsShareOneSession() throws Exception {
    try (Running connect =
        connect("--local", "0:" + target(), "--local", "0:" + target(), "--local", "0")) {
      String own = connect.awaitLine(said -> said.contains(" is at "), ThreeMachines.SOON);
      int ssh = Integer.parseInt(own.substring(own.lastIndexOf(':') + 1));
      int first = ready(connect, "local");
      int second = ready(connect, "local");
      for (int port : new int[] {first, second}) {
        Finished curl = Shell.run("curl", "-sS", "http://127.0.0.1:" + port + "/" + port);
        assertThat(curl.toString(), curl.orFail().out().trim(), equalTo("/" + port));
      }
      assertThat(MACHINES.sshd().ssh(ssh, "echo ssh").orFail().out(), equalTo("ssh\n"));
      Eventually.holds(() -> deviceSessions() == 1);
    }
  }

  @Test
  public void datagramsGoThereAndBack() throws Exception {
    try (DatagramSocket echo = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Running connect = connect("--udp", "0:localhost:" + echo.getLocalPort());
        DatagramSocket asking = new DatagramSocket()) {
      int port = ready(connect, "udp");
      asking.setSoTimeout(30_000);
      echo.setSoTimeout(30_000);
      for (int length : new int[] {1, 512, 1400, 20_000}) {
        byte[] question = new byte[length];
        Arrays.fill(question, (byte) length);
        asking.send(new DatagramPacket(question, length, InetAddress.getLoopbackAddress(), port));
        DatagramPacket heard = new DatagramPacket(new byte[65_535], 65_535);
        echo.receive(heard);
        echo.send(new DatagramPacket(heard.getData(), heard.getLength(), heard.getSocketAddress()));
        DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
        asking.receive(answer);
        assertThat(Arrays.copyOf(answer.getData(), answer.getLength()), equalTo(question));
      }
    }
  }

  @Test
  public void theDeviceListensForTheClientUntilTheSessionEnds() throws Exception {
    try (Running connect = connect("--remote", BACK + ":" + target())) {
      ready(connect, "remote");
      String device = "pid=" + MACHINES.world().device().pid() + ",";
      assertThat(
          "the device itself listens, on the loopback only",
          listening()
              .lines()
              .filter(line -> line.contains(device))
              .filter(
                  line ->
                      line.contains("127.0.0.1]:" + BACK + " ")
                          || line.contains(" 127.0.0.1:" + BACK + " "))
              .count(),
          equalTo(1L));
      Finished curl = Shell.run("curl", "-sS", "http://127.0.0.1:" + BACK + "/back");
      assertThat(curl.toString(), curl.orFail().out().trim(), equalTo("/back"));
    }
    Eventually.holds(() -> !listening().contains(":" + BACK + " "));
  }

  @Test
  public void whatPermitListenDoesNotNameIsRefusedAndNothingListens() throws Exception {
    int other = Shell.freePort();
    try (Running connect = connect("--socks", "0", "--remote", other + ":" + target())) {
      Finished refused = connect.await(ThreeMachines.SOON);
      assertThat(refused.toString(), refused.exitCode(), equalTo(10));
      assertThat(refused.err(), containsString("permitListen names [localhost:" + BACK + "]"));
    }
    Eventually.holds(() -> !listening().contains(":" + other + " "));
    Eventually.holds(() -> deviceSessions() == 0);
  }
}
