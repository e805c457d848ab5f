package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Shell;

/**
 * OpenSSH's ssh, scp and sftp, and rsync and git on top of them, by a device's name: to the real
 * sshd beside it, and to the SSH server that is built in.
 */
public class OpenSshIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines(BuiltInServer::beside);

  private static final int TEN_MEGABYTES = 10_000_000;
  private static SshHome home;

  @BeforeClass
  public static void aPersonHasWrittenDownTheDevice() {
    home =
        new SshHome(
            MACHINES.world().client(),
            MACHINES.file("ssh_config"),
            MACHINES.file("sshd/user-key"),
            List.of(
                List.of("dev1@device", "--to", "localhost:" + MACHINES.sshd().port()),
                List.of("dev1@device", "--as", "builtin", "--to", "service:ssh")));
  }

  @Test
  public void aCommandHasItsStreamsApartAndItsExitStatus() {
    Finished ssh =
        home.bash("echo given | " + home.command() + " dev1.device 'cat; echo wrong >&2; exit 42'");
    assertThat(ssh.toString(), ssh.exitCode(), equalTo(42));
    assertThat(ssh.out(), equalTo("given\n"));
    assertThat(ssh.err(), containsString("wrong\n"));
  }

  @Test
  public void theServerThatIsBuiltInAnswersToo() {
    Finished ssh = home.run("ssh", "builtin", "echo inside; exit 7");
    assertThat(ssh.toString(), ssh.exitCode(), equalTo(7));
    assertThat(ssh.out(), equalTo("inside\n"));
  }

  @Test
  public void connectionsShareOneSession() {
    String target = "localhost:" + MACHINES.sshd().port();
    Finished both =
        home.bash(
            "%s dev1.device echo one & %s dev1.device echo two; wait"
                .formatted(home.command(), home.command()));
    assertThat(both.toString(), both.out(), containsString("one\n"));
    assertThat(both.toString(), both.out(), containsString("two\n"));
    String sessions = MACHINES.world().client().run("sessions").orFail().out();
    assertThat(
        sessions, sessions.lines().filter(line -> line.contains(target)).count(), equalTo(1L));
  }

  @Test
  public void scpCopiesBothWays() throws Exception {
    scp("dev1.device:" + MACHINES.file("scp-there"));
    scp("builtin:/scp-there");
    assertThat(
        Files.mismatch(MACHINES.file("scp-there"), served().resolve("scp-there")), equalTo(-1L));
  }

  private static void scp(String there) throws Exception {
    Path sent = random("scp-sent");
    Path back = MACHINES.file("scp-back");
    home.run("scp", "-q", sent.toString(), there).orFail();
    home.run("scp", "-q", there, back.toString()).orFail();
    assertThat(Files.mismatch(sent, back), equalTo(-1L));
    Files.delete(back);
  }

  private static Path served() {
    return BuiltInServer.served(MACHINES.world());
  }

  @Test
  public void sftpPutsListsAndGets() throws Exception {
    sftp("dev1.device", Files.createDirectories(MACHINES.file("sftp-there")));
    Files.createDirectories(served().resolve("sftp-there"));
    sftp("builtin", Path.of("/sftp-there"));
  }

  private static void sftp(String host, Path there) throws Exception {
    Path sent = random("sftp-sent");
    Path back = MACHINES.file("sftp-back-" + host);
    Path batch =
        Files.writeString(
            MACHINES.file("batch"),
            "put %s %s/a\nls %s\nget %s/a %s\n".formatted(sent, there, there, there, back));
    Finished sftp = home.run("sftp", "-b", batch.toString(), host);
    sftp.orFail();
    assertThat(sftp.out(), containsString(there + "/a"));
    assertThat(Files.mismatch(sent, back), equalTo(-1L));
  }

  @Test
  public void rsyncCopiesAFolderAndThenOnlyWhatChanged() throws Exception {
    Path from = Files.createDirectories(MACHINES.file("rsync-from"));
    Files.write(from.resolve("large"), Files.readAllBytes(random("rsync-random")));
    rsync(from, "dev1.device", MACHINES.file("rsync-to"));
    rsync(from, "builtin", MACHINES.file("rsync-to-builtin"));
  }

  private static void rsync(Path from, String host, Path to) throws Exception {
    Files.writeString(from.resolve("small"), "first");
    rsync(from, host + ":" + to).orFail();
    Files.writeString(from.resolve("small"), "second");
    Finished again = rsync(from, host + ":" + to);
    assertThat(again.orFail().out(), containsString("small"));
    assertThat(again.out(), not(containsString("large")));
    assertThat(Files.readString(to.resolve("small")), equalTo("second"));
    assertThat(Files.mismatch(from.resolve("large"), to.resolve("large")), equalTo(-1L));
  }

  private static Finished rsync(Path from, String to) {
    return Shell.run("rsync", "-ac", "--out-format=%n", "-e", home.command(), from + "/", to);
  }

  @Test
  public void gitClonesAndPushes() {
    git("dev1.device");
    git("builtin");
  }

  private static void git(String host) {
    Path bare = MACHINES.file(host + ".git");
    Path clone = MACHINES.file("clone-" + host);
    Finished git =
        home.bash(
            String.join(
                " && ",
                "git init -q --bare -b main " + bare,
                "export GIT_SSH_COMMAND='" + home.command() + "'",
                "git clone -q ssh://" + host + bare + " " + clone,
                "cd " + clone,
                "git checkout -q -B main",
                "echo text > file",
                "git add file",
                "git -c user.name=Alice -c user.email=alice@example.org commit -q -m first",
                "git push -q origin main",
                "git -C " + bare + " log --format=%s main"));
    assertThat(git.orFail().out(), equalTo("first\n"));
  }

  @Test
  public void anotherHostKeyStopsSshLoudlyAndNobodyIsAsked() throws Exception {
    home.run("ssh", "dev1.device", "true").orFail();
    Path known = MACHINES.world().client().home().resolve("data/ssh/known_hosts");
    String before = Files.readString(known);
    Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", MACHINES.file("x") + "")
        .orFail();
    String another = Files.readString(MACHINES.file("x.pub")).split(" ")[1];
    String server = Files.readString(MACHINES.file("sshd/host-key.pub")).split(" ")[1];
    assertThat(before, containsString(server));
    try {
      Files.writeString(known, before.replace(server, another));
      Finished ssh = home.run("ssh", "dev1.device", "echo got in");
      assertThat(ssh.toString(), ssh.exitCode(), equalTo(255));
      assertThat(ssh.err(), containsString("REMOTE HOST IDENTIFICATION HAS CHANGED"));
      assertThat(ssh.out(), equalTo(""));
    } finally {
      Files.writeString(known, before);
    }
  }

  @Test
  public void whatIsNotPermittedIsSaidByNameAndByTheDocumentedCode() {
    Finished proxy =
        MACHINES.world().client().run("proxy", "dev1@device", "--to", "example.org:22");
    assertThat(proxy.toString(), proxy.exitCode(), equalTo(10));
    assertThat(proxy.err(), containsString("example.org:22"));
    assertThat(proxy.out(), equalTo(""));
  }

  @Test
  public void aTargetThatNobodyListensOnIsSaidByName() {
    int port = Shell.freePort();
    Finished proxy =
        MACHINES.world().client().run("proxy", "dev1@device", "--to", "localhost:" + port);
    assertThat(proxy.toString(), proxy.exitCode(), equalTo(21));
    assertThat(proxy.err(), containsString("localhost:" + port));
  }

  private static Path random(String name) throws Exception {
    byte[] content = new byte[TEN_MEGABYTES];
    new Random(name.hashCode()).nextBytes(content);
    return Files.write(MACHINES.file(name), content);
  }
}
