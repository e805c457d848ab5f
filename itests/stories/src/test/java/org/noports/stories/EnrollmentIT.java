package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;

/**
 * Keys of one's own for each program: the first ones by the atServer's first secret, further ones
 * by code and approval, until they are taken away again.
 */
public class EnrollmentIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines();

  /** What the issue promises for the end of a revoked program's sessions. */
  private static final Duration REVOKED = Duration.ofSeconds(2);

  @Test
  public void aSecondClientGetsKeysOfItsOwnAndLosesItsSessionsWithThem() throws Exception {
    try (EchoService echo = EchoService.start();
        Machine laptop = clientWithoutKeys("laptop")) {
      String id = enroll(laptop, "laptop");
      laptop.up();
      String target = "localhost:" + echo.port();
      try (ThreeMachines.Tunnel ours = MACHINES.connect(target);
          Running theirs = laptop.start("connect", "dev1@device", "--to", target)) {
        String ready = theirs.awaitLine(line -> line.contains(" is at "), ThreeMachines.SOON);
        int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
        try (Socket through = open(port);
            Socket unharmed = open(ours.port())) {
          assertEchoes(through);
          assertEchoes(unharmed);
          primary("enroll-revoke", id);
          Instant revoked = Instant.now();
          assertEnds(through);
          assertThat(Duration.between(revoked, Instant.now()), lessThan(REVOKED));
          assertEchoes(unharmed);
        }
        Finished ended = theirs.await(ThreeMachines.SOON);
        assertThat(ended.toString(), ended.exitCode(), equalTo(18));
        assertThat(ended.err(), allOf(containsString("AT0027"), containsString("@alice")));
      }
      assertThat(laptop.run("health").out(), containsString("AT0027"));
      Finished again = laptop.run("connect", "dev1@device", "--to", target);
      assertThat(again.toString(), again.exitCode(), equalTo(18));
      assertThat(primary("enroll-list", "--status", "revoked").out(), containsString(id));
    }
  }

  @Test
  public void aClientWithKeysOfItsOwnAuthenticatesByMlDsaFromNowOn() throws Exception {
    try (EchoService echo = EchoService.start();
        Machine pad = clientWithoutKeys("pad")) {
      enroll(pad, "pad");
      pad.up();
      Path keys = pad.home().resolve("etc/keys/@alice_key.atKeys");
      String before = Files.readString(keys);
      assertThat(
          pad.run("keys-pq", "@alice", "--authenticate").orFail().out(),
          containsString("authenticates by ML-DSA-65 from now on"));
      assertThat(pad.run("keys-pq", "@alice", "--authenticate").err(), containsString("already"));
      pad.close();
      pad.up();
      try (Running theirs =
          pad.start("connect", "dev1@device", "--to", "localhost:" + echo.port())) {
        String ready = theirs.awaitLine(line -> line.contains(" is at "), ThreeMachines.SOON);
        int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
        try (Socket through = open(port)) {
          assertEchoes(through);
        }
      }
      pad.close();
      Files.writeString(keys, before);
      pad.up();
      Finished old = pad.run("connect", "dev1@device", "--to", "localhost:" + echo.port());
      assertThat(old.toString(), old.exitCode(), not(equalTo(0)));
      assertThat(old.err(), containsString("AT0401"));
    }
  }

  private static String enroll(Machine laptop, String name) throws IOException {
    Path code = secret("code-" + name, primary("otp").out());
    try (Running asking =
        laptop.start(
            "enroll-request", "@alice", "--device", name, "--code-file", code.toString())) {
      String key = asking.awaitLine(line -> line.contains("SHA256:"), ThreeMachines.SOON).trim();
      Finished pending = primary("enroll-list", "--status", "pending");
      assertThat(
          pending.out(),
          allOf(
              containsString(key),
              containsString("noports/" + name),
              containsString("{sshnp=rw, sshrvd=rw}")));
      String id = pending.out().split(" ")[0];
      primary("enroll-approve", id);
      asking.await(ThreeMachines.SOON).orFail();
      Path keys = laptop.home().resolve("etc/keys/@alice_key.atKeys");
      assertThat(
          PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)), equalTo("rw-------"));
      return id;
    }
  }

  @Test
  public void aRequestThatIsDeniedEndsByNameAndLeavesNoFile() throws Exception {
    try (Machine tablet = clientWithoutKeys("tablet")) {
      Path code = secret("code2", primary("otp").out());
      try (Running asking =
          tablet.start(
              "enroll-request", "@alice", "--device", "tablet", "--code-file", code.toString())) {
        asking.awaitLine(line -> line.contains("SHA256:"), ThreeMachines.SOON);
        primary("enroll-deny", primary("enroll-list", "--status", "pending").out().split(" ")[0]);
        Finished denied = asking.await(ThreeMachines.SOON);
        assertThat(denied.toString(), denied.exitCode(), equalTo(18));
        assertThat(denied.err(), containsString("denied"));
      }
      assertThat(Files.exists(tablet.home().resolve("etc/keys/@alice_key.atKeys")), equalTo(false));
      Finished used =
          tablet.run(
              "enroll-request", "@alice", "--device", "tablet", "--code-file", code.toString());
      assertThat(used.toString(), used.exitCode(), equalTo(4));
      assertThat(used.err(), containsString("noports:otp"));
    }
  }

  @Test
  public void anAtSignIsHostedAndTakenAwayByCommand() throws Exception {
    Machine operator = MACHINES.world().infrastructure();
    String made = operator.run("atserver-add", "@erin").orFail().out();
    assertThat(made, matchesPattern("[0-9a-f]{128}\\s+"));
    try (Machine desk = clientWithoutKeys("erins-desk")) {
      Path secret = secret("erin.cram", made);
      desk.run("onboard", "@erin", "--secret-file", secret.toString()).orFail();
      assertThat(
          operator.run("atserver-list", "--json").orFail().out(),
          containsString("{\"atSign\":\"@erin\",\"host\":"));
      operator.run("atserver-remove", "@erin").orFail();
      assertThat(desk.run("where", "@erin").exitCode(), equalTo(5));
      assertThat(operator.run("atserver-remove", "@erin").exitCode(), equalTo(5));
      assertThat(operator.run("atserver-add", "@erin").orFail().out(), equalTo(""));
      // That an atSign is unknown is remembered for a second.
      Eventually.holds(() -> desk.run("where", "@erin").exitCode() == 0);
      desk.run("otp", "--from", "@erin").orFail();
      operator.run("atserver-remove", "@erin", "--delete").orFail();
      assertThat(operator.run("atserver-list").orFail().out(), not(containsString("@erin")));
    }
  }

  @Test
  public void anAtSignIsOnboardedByItsFirstSecretOnlyOnce() throws Exception {
    Path secret = secret("carol.cram", "0123456789abcdef0123456789abcdef\n");
    Files.writeString(
        MACHINES.world().infrastructure().home().resolve("etc/atsigns/carol.atsign"),
        "atSign = @carol\ncramSecretFile = " + secret + "\n");
    try (Machine desk = clientWithoutKeys("desk")) {
      awaitKnown(desk);
      Path wrong = secret("wrong.cram", "0000000000000000\n");
      Finished refused = onboard(desk, wrong);
      assertThat(refused.toString(), refused.exitCode(), equalTo(4));
      Finished done = onboard(desk, secret).orFail();
      assertThat(done.out(), allOf(containsString("SHA256:"), containsString("Enrollment ")));
      assertThat(
          desk.run("enroll-list", "--from", "@carol").orFail().out(),
          containsString("firstApp/firstDevice"));
      desk.run("onboard", "@carol", "--secret-file", secret.toString()).orFail();
      Finished twice =
          desk.run(
              "onboard",
              "@carol",
              "--secret-file",
              secret.toString(),
              "--file",
              desk.home().resolve("other.atKeys").toString());
      assertThat(twice.toString(), twice.exitCode(), equalTo(4));
      assertThat(twice.err(), containsString("used already"));
    }
  }

  private static Finished onboard(Machine desk, Path secret) {
    return desk.run("onboard", "@carol", "--secret-file", secret.toString());
  }

  /** The atServer host takes up a new file by itself. */
  private static void awaitKnown(Machine desk) {
    Instant end = Instant.now().plus(ThreeMachines.SOON);
    while (desk.run("where", "@carol").exitCode() != 0) {
      assertThat("@carol is hosted", Instant.now().isBefore(end));
    }
  }

  private static Finished primary(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--from";
    all[arguments.length + 1] = "@alice";
    return MACHINES.world().client().run(all).orFail();
  }

  /** The same configuration and trust as the first client's, on another machine. */
  private static Machine clientWithoutKeys(String name) {
    Machine first = MACHINES.world().client();
    Path home = MACHINES.file(name);
    copy(first.home().resolve("etc"), home.resolve("etc"));
    return new Machine(first.distribution(), home, first.sockets());
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (name.startsWith("org.noports.")) {
            Files.copy(file, to.resolve(name));
          } else if (name.equals("trust")) {
            copyAll(file, to.resolve(name));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(MACHINES.file(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) ThreeMachines.SOON.toMillis());
    return socket;
  }

  private static void assertEchoes(Socket socket) throws IOException {
    byte[] word = "still here".getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(word);
    assertThat(
        List.of(
            new String(socket.getInputStream().readNBytes(word.length), StandardCharsets.US_ASCII)),
        equalTo(List.of("still here")));
  }

  private static void assertEnds(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read(), equalTo(-1));
    } catch (SocketException reset) {
      // Also an end.
      return;
    }
  }
}
