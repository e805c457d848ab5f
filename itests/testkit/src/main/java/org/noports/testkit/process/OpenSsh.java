package org.noports.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's real sshd on a loopback port, with a configuration and keys of its own, and its
 * ssh.
 */
public final class OpenSsh implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final Running sshd;

  private OpenSsh(Path folder, int port, Running sshd) {
    this.folder = folder;
    this.port = port;
    this.sshd = sshd;
  }

  /** Starts sshd with all of its files below {@code folder}. */
  public static OpenSsh start(Path folder) {
    int port = Shell.freePort();
    try {
      Files.createDirectories(folder);
      keygen(folder.resolve("host-key"));
      keygen(folder.resolve("user-key"));
      Files.copy(folder.resolve("user-key.pub"), folder.resolve("authorized_keys"));
      Files.writeString(folder.resolve("sshd_config"), configuration(folder, port));
      if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
        Files.createDirectories(Path.of("/run/sshd"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Running sshd =
        Running.start(
            new ProcessBuilder(
                "/usr/sbin/sshd", "-D", "-e", "-f", folder.resolve("sshd_config").toString()));
    sshd.awaitLine(line -> line.contains("Server listening"), Duration.ofSeconds(10));
    return new OpenSsh(folder, port, sshd);
  }

  private static void keygen(Path file) {
    Shell.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString()).orFail();
  }

  private static String configuration(Path folder, int port) {
    return String.join(
        "\n",
        "ListenAddress 127.0.0.1",
        "Port " + port,
        "HostKey " + folder.resolve("host-key"),
        "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
        "PidFile none",
        "StrictModes no",
        "UsePAM no",
        "MaxStartups 100",
        "PermitRootLogin prohibit-password",
        "PasswordAuthentication no",
        "Subsystem sftp internal-sftp",
        "X11Forwarding yes",
        "");
  }

  /** The port on which sshd listens. */
  public int port() {
    return port;
  }

  /** Runs a command by ssh through {@code localPort}. */
  public Finished ssh(int localPort, String command) {
    List<String> line = new ArrayList<>(List.of("ssh", "-p", Integer.toString(localPort)));
    line.addAll(options());
    line.addAll(List.of("127.0.0.1", command));
    return Shell.run(line.toArray(String[]::new));
  }

  /** Starts a copy by scp through {@code localPort}, from us to the far side. */
  public Running scp(int localPort, Path from, Path to) {
    List<String> line = new ArrayList<>(List.of("scp", "-q", "-P", Integer.toString(localPort)));
    line.addAll(options());
    line.addAll(List.of(from.toString(), "127.0.0.1:" + to));
    return Running.start(new ProcessBuilder(line));
  }

  /** The same, with at most so many kilobits a second. */
  public Running scp(int localPort, Path from, Path to, int kilobits) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "scp", "-q", "-l", Integer.toString(kilobits), "-P", Integer.toString(localPort)));
    line.addAll(options());
    line.addAll(List.of(from.toString(), "127.0.0.1:" + to));
    return Running.start(new ProcessBuilder(line));
  }

  /** Options that make ssh use our keys and nobody's configuration. */
  public List<String> options() {
    return List.of(
        "-F", "none",
        "-i", folder.resolve("user-key").toString(),
        "-o", "IdentitiesOnly=yes",
        "-o", "BatchMode=yes",
        "-o", "StrictHostKeyChecking=accept-new",
        "-o", "UserKnownHostsFile=" + folder.resolve("known_hosts"),
        "-o", "LogLevel=ERROR");
  }

  @Override
  public void close() {
    sshd.close();
  }
}
