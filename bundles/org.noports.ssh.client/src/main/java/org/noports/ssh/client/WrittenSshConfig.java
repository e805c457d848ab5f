package org.noports.ssh.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.StoreFailed;
import org.noports.api.ssh.SshConfig;
import org.noports.api.ssh.SshHost;
import org.noports.ssh.client.words.ProxyArguments;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Writes {@code ssh_config} for OpenSSH. A host key is kept under the device's own name, in a file
 * of this instance: it was first seen through a session that the device has signed for, so nobody
 * is asked; another key is refused by ssh, whatever name was typed.
 */
@Component(service = SshConfig.class)
public final class WrittenSshConfig implements SshConfig {
  private final Path programs;
  private final Path instance;
  private final Map<String, String> environment;

  @Activate
  public WrittenSshConfig() {
    this(
        Path.of(System.getProperty("karaf.home", "")),
        Path.of(System.getProperty("karaf.base", "")),
        System.getenv());
  }

  /** For tests. */
  WrittenSshConfig(Path programs, Path instance, Map<String, String> environment) {
    this.programs = programs.toAbsolutePath();
    this.instance = instance.toAbsolutePath();
    this.environment = environment;
  }

  @Override
  public String fragment(SshHost host) throws StoreFailed {
    requireOneLine();
    List<String> lines = new ArrayList<>();
    lines.add("Host " + host.name());
    host.user().ifPresent(user -> lines.add("  User " + user));
    lines.add("  ProxyCommand " + percent(String.join(" ", proxyCommand(host))));
    lines.add("  HostKeyAlias " + alias(host));
    lines.add("  UserKnownHostsFile " + quoted(percent(knownHosts().toString())));
    lines.add("  StrictHostKeyChecking accept-new");
    return String.join("\n", lines) + "\n";
  }

  /** OpenSSH has no way to write a path that has more than one line. */
  private void requireOneLine() throws StoreFailed {
    String paths = programs + " " + instance + " " + environment.getOrDefault("NOPORTS_RUN", "");
    if (paths.chars().anyMatch(Character::isISOControl)) {
      throw new StoreFailed(
          "No ssh_config can be written: a folder of NoPorts has a line break or another control"
              + " character in its name");
    }
  }

  /** {@code noports proxy …} for a shell, for this instance wherever it is called. */
  private List<String> proxyCommand(SshHost host) {
    List<String> words = new ArrayList<>();
    String run = environment.getOrDefault("NOPORTS_RUN", "");
    if (!run.isBlank()) {
      words.add("env");
      words.add(word("NOPORTS_RUN=" + Path.of(run).toAbsolutePath()));
    }
    words.add(word(programs.resolve("bin").resolve("noports").toString()));
    if (!environment.getOrDefault("NOPORTS_STATE", "").isBlank()) {
      words.add("--home");
      words.add(word(instance.toString()));
    } else if (!instance.getFileName().toString().equals("default")) {
      words.add("--instance");
      words.add(word(instance.getFileName().toString()));
    }
    words.add("proxy");
    words.add(word(host.device().toString()));
    if (!host.target().equals(ProxyArguments.USUAL_TARGET)) {
      option(words, "--to", Optional.of(host.target().toString()));
    }
    option(words, "--from", host.from().map(Object::toString));
    option(words, "--relay", host.relay().map(Object::toString));
    option(words, "--expect", host.expect());
    return words;
  }

  private static void option(List<String> words, String name, Optional<String> value) {
    value.ifPresent(
        text -> {
          words.add(name);
          words.add(word(text));
        });
  }

  /** Another SSH server behind the same device is another host. */
  private static String alias(SshHost host) {
    return host.target().equals(ProxyArguments.USUAL_TARGET)
        ? host.device().toString()
        : host.device() + "/" + host.target();
  }

  private Path knownHosts() throws StoreFailed {
    Path folder = instance.resolve("data").resolve("ssh");
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return folder.resolve("known_hosts");
    } catch (IOException e) {
      throw new StoreFailed(
          "There is no place for SSH host keys: " + folder + " cannot be made (" + e + ")", e);
    }
  }

  /** ssh replaces what stands behind a percent sign. */
  private static String percent(String text) {
    return text.replace("%", "%%");
  }

  /** A word of ssh_config: either quote begins a quoted one, and {@code #} a remark. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_@%+=:,./-]+")
        ? path
        : "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** One word of a shell's line. */
  private static String word(String text) {
    return text.matches("[A-Za-z0-9_@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
