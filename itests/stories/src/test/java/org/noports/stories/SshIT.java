package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;

/** {@code noports ssh}: a person at a terminal, forwards of each kind, an agent, and windows. */
public class SshIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines(BuiltInServer::beside);

  private static final String SHELL = "env PS1='ready> ' sh -i";
  private static final String[] BUILT_IN = {"--to", "service:ssh"};

  /** The command's words, for a program that starts it. */
  private static List<String> words(String... more) {
    Machine client = MACHINES.world().client();
    List<String> words =
        new ArrayList<>(
            List.of(
                "env",
                "NOPORTS_RUN=" + client.sockets(),
                client.distribution().noports().toString(),
                "--home",
                client.home().toString(),
                "ssh",
                "-F",
                "none",
                "-o",
                "IdentitiesOnly=yes",
                "-i",
                MACHINES.file("sshd/user-key").toString(),
                "-p",
                Integer.toString(MACHINES.sshd().port())));
    words.addAll(List.of(more));
    return words;
  }

  private static Finished ssh(String... more) {
    return Shell.run(words(more).toArray(String[]::new));
  }

  private static String line(String... more) {
    return String.join(" ", words(more));
  }

  private static Finished bash(String line) {
    return Shell.run("bash", "-c", line);
  }

  @Test
  public void aPersonHasATerminalThere() {
    hasATerminal(words("-t", "dev1@device", SHELL));
  }

  @Test
  public void aPersonHasATerminalOfTheServerThatIsBuiltIn() {
    hasATerminal(words("-t", "--to", "service:ssh", "dev1@device", SHELL));
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
                // The size goes its own way, and may be later than what is typed.
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
  public void aCommandHasItsExitStatusAndItsStreamsApart() {
    Finished ssh = bash("echo given | " + line("-T", "dev1@device", "'cat; echo bad >&2; exit 3'"));
    assertThat(ssh.toString(), ssh.exitCode(), equalTo(3));
    assertThat(ssh.out(), equalTo("given\n"));
    assertThat(ssh.err(), containsString("bad\n"));
  }

  @Test
  public void theCommandThatIsPrintedWorksAsItStands() {
    Finished printed = ssh("--print-command", "@device", "dev1", "echo 'two  words'; exit 4");
    assertThat(printed.orFail().out(), startsWith("ssh "));
    assertThat(printed.out().lines().count(), equalTo(1L));
    assertThat(printed.err(), equalTo(""));
    Finished ssh = bash(printed.out());
    assertThat(ssh.toString(), ssh.exitCode(), equalTo(4));
    assertThat(ssh.out(), equalTo("two  words\n"));
  }

  @Test
  public void nothingOfADevicesNameBecomesAnOptionOfSsh() {
    for (String device : List.of("alice@-oKnownHostsCommand=/bin/id@device", "-Np")) {
      Finished refused = ssh("--print-command", device, "uptime");
      assertThat(refused.toString(), refused.exitCode(), equalTo(255));
      assertThat(refused.out(), equalTo(""));
    }
  }

  @Test
  public void aHostKeyIsKeptByTheDevicesNameWhicheverWayOneComes() throws Exception {
    ssh("dev1@device", "true").orFail();
    String server = "localhost:" + MACHINES.sshd().port();
    SshHome home =
        new SshHome(
            MACHINES.world().client(),
            MACHINES.file("ssh_config"),
            MACHINES.file("sshd/user-key"),
            List.of(List.of("dev1@device", "--to", server)));
    home.run("ssh", "-o", "StrictHostKeyChecking=yes", "dev1.device", "true").orFail();
    String known =
        Files.readString(MACHINES.world().client().home().resolve("data/ssh/known_hosts"));
    String host = "dev1@device/" + server + " ssh-ed25519 ";
    assertThat(known, known.lines().filter(line -> line.startsWith(host)).count(), equalTo(1L));
    assertThat(known, known.split(server, -1).length - 1, equalTo(1));
  }

  @Test
  public void forwardsOfEachKindGoThroughIt() throws Exception {
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
      forwards("localhost:" + web.getAddress().getPort());
      forwards("localhost:" + web.getAddress().getPort(), BUILT_IN);
    } finally {
      web.stop(0);
    }
  }

  private static void forwards(String address, String... server) {
    int local = Shell.freePort();
    int remote = Shell.freePort();
    int socks = Shell.freePort();
    // The remote command holds the connection open, and fetches through the remote forward.
    Finished all =
        bash(
            String.join(
                "\n",
                "coproc "
                    + line(
                        String.join(" ", server),
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
  public void theKeyExchangeInsideIsSaidAndStandsQuantumComputers() {
    try (Running log = MACHINES.world().client().log()) {
      ssh("dev1@device", "true").orFail();
      String line = log.awaitLine(said -> said.contains("ssh-key-exchange"), ThreeMachines.SOON);
      assertThat(line, anyOf(containsString("sntrup761x25519"), containsString("mlkem768x25519")));
      assertThat(line, containsString("dev1@device"));
    }
  }

  @Test
  public void anAgentGoesAlong() {
    Finished listed =
        bash(
            "eval $(ssh-agent) >/dev/null; trap 'kill $SSH_AGENT_PID' EXIT; ssh-add -q "
                + MACHINES.file("sshd/user-key")
                + " && "
                + line("-A", "dev1@device", "ssh-add -l")
                + " && "
                + line("-A", "--to", "service:ssh", "dev1@device", "ssh-add -l"));
    assertThat(listed.toString(), listed.orFail().out().split("ED25519").length, equalTo(3));
  }

  @Test
  public void aWindowOfTheDeviceOpensHere() {
    windowFrom();
  }

  @Test
  public void aWindowOpensHereFromTheServerThatIsBuiltIn() {
    windowFrom(BUILT_IN);
  }

  private static void windowFrom(String... server) {
    Finished shown =
        bash(
            String.join(
                "\n",
                "exec {number}< <(exec Xvfb -displayfd 1 -screen 0 640x480x24 -nolisten tcp)",
                "trap \"kill $!\" EXIT",
                "read -u $number -t 100 display",
                "DISPLAY=:$display "
                    + line(
                        String.join(" ", server),
                        "-X",
                        "dev1@device",
                        "'xclock & until xwininfo -root -tree | grep -o xclock; do :; done;"
                            + " kill $!'")));
    assertThat(shown.toString(), shown.out(), containsString("xclock"));
  }

  @Test
  public void whatIsAskedForWronglyIsSaidAndNothingIsStarted() {
    assertThat(ssh("--unknown", "dev1@device").exitCode(), equalTo(255));
    Finished nameless = ssh("device");
    assertThat(nameless.exitCode(), equalTo(255));
    assertThat(nameless.err(), containsString("'device' names no device"));
  }

  @Test
  public void aDeviceThatIsNotThereIsSaidByName() {
    Finished ssh = ssh("dev9@device", "true");
    assertThat(ssh.toString(), ssh.exitCode(), equalTo(255));
    assertThat(ssh.err(), containsString("dev9@device"));
  }
}
