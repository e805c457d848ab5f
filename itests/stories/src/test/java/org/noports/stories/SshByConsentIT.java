package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/** What a device says of its sshd inside what it signs and seals: the host key, and a way in. */
public class SshByConsentIT {
  @ClassRule
  public static final ThreeMachines MACHINES = new ThreeMachines(SshByConsentIT::configure);

  private static void configure(World world) {
    Patient.with(world);
    world
        .device()
        .configure(
            "org.noports.ssh.cfg",
            String.join(
                "\n",
                "sshdPort = " + MACHINES.sshd().port(),
                "sshdHostKeys = " + MACHINES.file("sshd/vouched*.pub"),
                "authorizedKeys = " + MACHINES.file("sshd/authorized_keys"),
                ""));
    Path file = world.device().home().resolve("etc/org.noports.device-dev1.cfg");
    try {
      Files.copy(MACHINES.file("sshd/host-key.pub"), MACHINES.file("sshd/vouched.pub"));
      Files.writeString(
          file,
          Files.readString(file)
              .replace(
                  "localhost:*,udp:", "localhost:*,127.0.0.1:*,service:ssh,service:ssh-key,udp:"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code noports ssh} by nobody's configuration and key. */
  private static Finished ssh(String... more) {
    Machine client = MACHINES.world().client();
    List<String> words =
        new ArrayList<>(
            List.of(
                "env",
                "-u",
                "SSH_AUTH_SOCK",
                "NOPORTS_RUN=" + client.sockets(),
                client.distribution().noports().toString(),
                "--home",
                client.home().toString(),
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes"));
    words.addAll(List.of(more));
    return Shell.run(words.toArray(String[]::new));
  }

  private static String sshdBy(String host) {
    return host + ":" + MACHINES.sshd().port();
  }

  private static String key() {
    return MACHINES.file("sshd/user-key").toString();
  }

  private static Path known() {
    return MACHINES.world().client().home().resolve("data/ssh/known_hosts");
  }

  @Test
  public void theHostKeyThatTheDeviceSignsForIsKnownBeforeSshMeetsIt() throws Exception {
    String to = sshdBy("localhost");
    Finished ssh = ssh("-i", key(), "--to", to, "dev1@device", "echo inside");
    assertThat(ssh.orFail().out(), equalTo("inside\n"));
    assertThat(ssh.err(), not(containsString("vouches")));
    assertThat(ssh.err(), not(containsString("Warning")));
    String[] server = Files.readString(MACHINES.file("sshd/host-key.pub")).split(" ");
    assertThat(
        Files.readString(known()),
        containsString("dev1@device/" + to + " " + server[0] + " " + server[1] + "\n"));
  }

  @Test
  public void theServerThatIsBuiltInIsKnownByTheDevicesSignature() throws Exception {
    Finished ssh = ssh("--to", "service:ssh", "dev1@device", "echo inside");
    assertThat(ssh.orFail().out(), equalTo("inside\n"));
    assertThat(ssh.err(), not(containsString("vouches")));
    assertThat(Files.readString(known()), containsString("dev1@device/service:ssh ecdsa-sha2-"));
  }

  @Test
  public void anotherHostKeyThanTheDeviceSignsForStopsLoudly() throws Exception {
    Path vouched = MACHINES.file("sshd/vouched.pub");
    String right = Files.readString(vouched);
    Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", MACHINES.file("w") + "")
        .orFail();
    try {
      Files.copy(MACHINES.file("w.pub"), vouched, StandardCopyOption.REPLACE_EXISTING);
      Finished ssh = ssh("-i", key(), "--to", sshdBy("127.0.0.1"), "dev1@device", "echo got in");
      assertThat(ssh.toString(), ssh.exitCode(), equalTo(255));
      assertThat(ssh.err(), containsString("WRONG SSH HOST KEY"));
      assertThat(ssh.out(), equalTo(""));
    } finally {
      Files.writeString(vouched, right);
    }
  }

  /** A client that was told of no key would believe the first that it meets. */
  @Test
  public void whereTheNamedHostKeysCannotBeReadNoSessionGoesToSshd() throws Exception {
    Path vouched = MACHINES.file("sshd/vouched.pub");
    String right = Files.readString(vouched);
    try {
      Files.writeString(vouched, "no key");
      Finished ssh = ssh("-i", key(), "--to", sshdBy("127.0.0.1"), "dev1@device", "echo got in");
      assertThat(ssh.toString(), ssh.exitCode(), equalTo(255));
      assertThat(ssh.err(), containsString("sshdHostKeys"));
      assertThat(ssh.out(), equalTo(""));
    } finally {
      Files.writeString(vouched, right);
    }
  }

  @Test
  public void aPersonWithoutAnyKeyLogsInByTheSessionsOwnAndLeavesNothing() throws Exception {
    Path authorized = MACHINES.file("sshd/authorized_keys");
    String before = Files.readString(authorized);
    String to = sshdBy("localhost");
    Finished without = ssh("-o", "IdentityFile=none", "--to", to, "dev1@device", "true");
    assertThat(without.toString(), without.exitCode(), equalTo(255));
    assertThat(without.err(), containsString("Permission denied"));
    Finished ssh =
        ssh(
            "-o",
            "IdentityFile=none",
            "--session-key",
            "--to",
            to,
            "dev1@device",
            "cat " + authorized + "; env | grep -c SSH_AUTH_SOCK");
    assertThat(ssh.toString(), ssh.out(), containsString("sshnp_ephemeral_"));
    assertThat(ssh.out(), containsString("\n0\n"));
    awaitContent(authorized, before);
    Path sockets = MACHINES.world().client().sockets().resolve("ssh");
    try (Stream<Path> left = Files.list(sockets)) {
      assertThat(left.toList(), equalTo(List.of()));
    }
  }

  @Test
  public void aConfigurationThatWasWrittenOnceGetsAKeyForEachConnection() throws Exception {
    SshHome home =
        new SshHome(
            MACHINES.world().client(),
            MACHINES.file("ssh_config"),
            Path.of("none"),
            List.of(
                List.of(
                    "dev1@device", "--as", "box", "--session-key", "--to", sshdBy("localhost"))));
    // One more than sshd lets try keys in one login (MaxAuthTries 6), and all stand at once.
    Finished all =
        home.bash(
            "for n in 1 2 3 4 5 6 7; do %s box 'echo in; sleep 5' & done; wait"
                .formatted(home.command()));
    assertThat(all.toString(), all.out(), equalTo("in\n".repeat(7)));
  }

  private static void awaitContent(Path file, String content) throws Exception {
    Path expected = Files.writeString(MACHINES.file("expected"), content);
    Shell.run(
            "timeout",
            Long.toString(ThreeMachines.SOON.toSeconds()),
            "bash",
            "-c",
            "until cmp -s %s %s; do sleep 0.1; done".formatted(expected, file))
        .orFail();
  }
}
