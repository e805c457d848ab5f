package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Shell;

/**
 * {@code noports ssh} and {@code noports:ssh} without OpenSSH's client: to the real sshd beside the
 * device, and to the SSH server that is built in.
 */
public class BuiltInClientIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines(BuiltInServer::beside);

  private static final String SHELL = "env PS1='ready> ' sh -i";

  private static List<String> sshd() {
    return List.of(
        "-o",
        "IdentitiesOnly=yes",
        "-i",
        MACHINES.file("sshd/user-key").toString(),
        "-p",
        Integer.toString(MACHINES.sshd().port()));
  }

  private static List<String> builtIn() {
    return List.of("--to", "service:ssh");
  }

  private static List<String> noports(String... more) {
    Machine client = MACHINES.world().client();
    List<String> words =
        new ArrayList<>(
            List.of(
                "env",
                "NOPORTS_RUN=" + client.sockets(),
                client.distribution().noports().toString(),
                "--home",
                client.home().toString()));
    words.addAll(List.of(more));
    return words;
  }

  private static List<String> words(List<String> server, String... more) {
    List<String> words = noports("ssh", "--by", "builtin");
    words.addAll(server);
    words.addAll(List.of(more));
    return words;
  }

  private static Finished ssh(List<String> server, String... more) {
    return Shell.run(words(server, more).toArray(String[]::new));
  }

  private static String line(List<String> server, String... more) {
    return String.join(" ", words(server, more));
  }

  private static Finished bash(String line) {
    return Shell.run("bash", "-c", line);
  }

  @Test
  public void aPersonHasATerminalAtTheRealServer() {
    hasATerminal(words(sshd(), "-t", "dev1@device", SHELL));
  }

  @Test
  public void aPersonHasATerminalAtTheServerThatIsBuiltIn() {
    hasATerminal(words(builtIn(), "-t", "dev1@device", SHELL));
  }

  private static void hasATerminal(List<String> ssh) {
    Finished shown =
        new Terminal(MACHINES.file("."))
            .run(
                ssh,
                "expect ready> ",
                "send stty size; tty\\n",
                "expect 24 80.*/dev/.*ready> ",
                "size 40 100",
                "send until stty size | grep '^40 100'; do :; done\\n",
                "expect \\n40 100.*ready> ",
                "send echo $TERM; printf '\\\\033[31mred\\\\033[0m\\\\n'\\n",
                "expect xterm-256color\\r\\n\\x1b\\[31mred\\x1b\\[0m.*ready> ",
                "send sh -c 'echo be''gun; exec sleep 1000'\\n",
                "expect begun",
                "send \\x03",
                "expect ready> ",
                "send exit 5\\n");
    assertThat(shown.toString(), shown.exitCode(), equalTo(5));
  }

  @Test
  public void theEscapeKeyEndsAConnectionThatHangs() {
    Finished shown =
        new Terminal(MACHINES.file("."))
            .run(
                words(sshd(), "-t", "dev1@device", "echo be''gun; exec sleep 1000"),
                "expect begun",
                "send \\r~.");
    assertThat(shown.toString(), shown.exitCode(), equalTo(255));
  }

  @Test
  public void theConsoleHasTheSameAndItsKeysBackAfterwards() {
    List<String> typed = new ArrayList<>(List.of("noports:ssh", "-t"));
    typed.addAll(sshd());
    typed.addAll(List.of("dev1@device", "\"env PS1='ready> ' sh -i\""));
    Finished shown =
        new Terminal(MACHINES.file("."))
            .run(
                noports("console"),
                "expect \\)> ",
                "send " + String.join(" ", typed) + "\\r",
                "expect ready> ",
                "size 40 100",
                "send until stty size | grep '^40 100'; do :; done\\r",
                "expect \\n40 100.*ready> ",
                "send sh -c 'echo be''gun; exec sleep 1000'\\r",
                "expect begun",
                "send \\x03",
                "expect ready> ",
                "send exit 5\\r",
                "expect closed.*\\)> ",
                "send echo status ${noports.exit} keys are back\\r",
                "expect status 5 keys are back.*\\)> ",
                "send logout\\r");
    assertThat(shown.toString(), shown.exitCode(), equalTo(0));
  }

  @Test
  public void aCommandHasItsExitStatusAndItsStreamsApart() {
    for (List<String> server : List.of(sshd(), builtIn())) {
      Finished ssh =
          bash("echo given | " + line(server, "-T", "dev1@device", "'cat; echo bad >&2; exit 3'"));
      assertThat(ssh.toString(), ssh.exitCode(), equalTo(3));
      assertThat(ssh.out(), equalTo("given\n"));
      assertThat(ssh.err(), containsString("bad\n"));
    }
  }

  @Test
  public void aMegabyteGoesThereAndBackAsItIs() throws Exception {
    byte[] much = new byte[1_000_000];
    new Random(7).nextBytes(much);
    Path sent = Files.write(MACHINES.file("much"), much);
    Path back = MACHINES.file("much-back");
    for (List<String> server : List.of(sshd(), builtIn())) {
      bash(line(server, "-C", "dev1@device", "cat") + " <" + sent + " >" + back).orFail();
      assertThat(Files.mismatch(sent, back), equalTo(-1L));
    }
  }

  @Test
  public void aSubsystemIsReachedAndOneThatIsNotThereIsNamed() {
    for (List<String> server : List.of(sshd(), builtIn())) {
      // The first message of SFTP, and what it is answered with: type 2, version 3.
      Finished sftp =
          bash(
              String.join(
                  "\n",
                  "coproc " + line(server, "-s", "dev1@device", "sftp"),
                  "printf '\\0\\0\\0\\5\\1\\0\\0\\0\\3' >&${COPROC[1]}",
                  // What bash opened for it, its pipelines do not have.
                  "exec 7<&${COPROC[0]}",
                  "head -c 9 <&7 | tail -c 5 | od -An -tx1"));
      assertThat(sftp.toString(), sftp.out().trim(), equalTo("02 00 00 00 03"));
      Finished none = ssh(server, "-s", "dev1@device", "nothing");
      assertThat(none.toString(), none.exitCode(), equalTo(255));
      assertThat(none.err(), containsString("nothing"));
    }
  }

  @Test
  public void forwardsOfEachKindGoThroughEitherServer() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 6);
          exchange.getResponseBody().write("served".getBytes());
          exchange.close();
        });
    web.start();
    try {
      for (List<String> server : List.of(sshd(), builtIn())) {
        forwards(server, "localhost:" + web.getAddress().getPort());
      }
    } finally {
      web.stop(0);
    }
  }

  private static void forwards(List<String> server, String address) {
    int local = Shell.freePort();
    int remote = Shell.freePort();
    int socks = Shell.freePort();
    Finished all =
        bash(
            String.join(
                "\n",
                "coproc "
                    + line(
                        server,
                        "-T",
                        "-o ExitOnForwardFailure=yes",
                        "-L " + local + ":" + address,
                        "-D " + socks,
                        "-R " + remote + ":" + address,
                        "dev1@device",
                        "'curl -sS 127.0.0.1:" + remote + "; echo; read end; echo $end'"),
                "read -u ${COPROC[0]} -t 100 there && echo remote $there",
                "echo local $(curl -sS 127.0.0.1:" + local + ")",
                "echo dynamic $(curl -sS --socks5-hostname 127.0.0.1:"
                    + socks
                    + " "
                    + address
                    + ")",
                "echo over >&${COPROC[1]}",
                "read -u ${COPROC[0]} -t 100 end && echo $end"));
    assertThat(
        all.toString(), all.out(), equalTo("remote served\nlocal served\ndynamic served\nover\n"));
  }

  @Test
  public void anAgentGoesAlong() {
    Finished listed =
        bash(
            "eval $(ssh-agent) >/dev/null; trap 'kill $SSH_AGENT_PID' EXIT; ssh-add -q "
                + MACHINES.file("sshd/user-key")
                + " && "
                + line(sshd(), "-A", "dev1@device", "ssh-add -l")
                + " && "
                + line(builtIn(), "-A", "dev1@device", "ssh-add -l"));
    assertThat(listed.toString(), listed.orFail().out().split("ED25519").length, equalTo(3));
  }

  @Test
  public void anAgentLogsInAndStaysHereUnlessItIsTakenAlong() {
    Finished listed =
        bash(
            "eval $(ssh-agent) >/dev/null; trap 'kill $SSH_AGENT_PID' EXIT; ssh-add -q "
                + MACHINES.file("sshd/user-key")
                + " && HOME=/nonexistent "
                + line(
                    List.of("-p", Integer.toString(MACHINES.sshd().port())),
                    "dev1@device",
                    "'echo in; ssh-add -l'"));
    assertThat(listed.toString(), listed.out(), equalTo("in\n"));
    assertThat(listed.exitCode(), not(equalTo(0)));
  }

  @Test
  public void aKeyThatIsNotKnownThereIsSaidByName() throws Exception {
    Path key = MACHINES.file("stranger");
    Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).orFail();
    Finished ssh =
        ssh(
            List.of("-o", "IdentitiesOnly=yes", "-i", key.toString()),
            "-p",
            Integer.toString(MACHINES.sshd().port()),
            "nobody@dev1@device",
            "true");
    assertThat(ssh.toString(), ssh.exitCode(), equalTo(255));
    assertThat(ssh.err(), containsString("nobody@dev1@device: permission denied ("));
  }

  @Test
  public void aHostKeyIsSharedWithOpenSshAndAnotherOneIsALoudStop() throws Exception {
    Path known = MACHINES.world().client().home().resolve("data/ssh/known_hosts");
    ssh(sshd(), "dev1@device", "true").orFail();
    String before = Files.readString(known);
    Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", MACHINES.file("x") + "")
        .orFail();
    String another = Files.readString(MACHINES.file("x.pub")).split(" ")[1];
    String server = Files.readString(MACHINES.file("sshd/host-key.pub")).split(" ")[1];
    assertThat(before, containsString(server));
    List<String> openSsh = noports("ssh", "--by", "openssh", "-F", "none");
    openSsh.addAll(sshd());
    openSsh.addAll(List.of("-o", "StrictHostKeyChecking=yes", "dev1@device", "true"));
    Shell.run(openSsh.toArray(String[]::new)).orFail();
    try {
      Files.writeString(known, before.replace(server, another));
      Finished ssh = ssh(sshd(), "dev1@device", "echo got in");
      assertThat(ssh.toString(), ssh.exitCode(), equalTo(255));
      assertThat(ssh.err(), containsString("REMOTE HOST IDENTIFICATION HAS CHANGED"));
      assertThat(ssh.out(), equalTo(""));
    } finally {
      Files.writeString(known, before);
    }
  }

  @Test
  public void theKeyExchangeInsideStandsQuantumComputers() {
    Finished ssh = ssh(sshd(), "-v", "dev1@device", "true");
    assertThat(ssh.orFail().err(), containsString("key exchange sntrup761x25519"));
  }

  @Test
  public void whatTheBuiltInClientCannotIsRefusedByName() {
    Finished windows = ssh(sshd(), "-X", "dev1@device", "xclock");
    assertThat(windows.toString(), windows.exitCode(), equalTo(255));
    assertThat(windows.err(), containsString("X11"));
    Finished foreign = ssh(sshd(), "-o", "ControlMaster=yes", "dev1@device");
    assertThat(foreign.err(), containsString("ControlMaster"));
  }
}
