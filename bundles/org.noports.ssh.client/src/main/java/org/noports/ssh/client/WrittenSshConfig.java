package org.noports.ssh.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.DeviceAddress;
import org.noports.api.StoreFailed;
import org.noports.api.Target;
import org.noports.api.ssh.SshConfig;
import org.noports.api.ssh.SshHost;
import org.noports.ssh.client.hosts.JudgeHostKey;
import org.noports.ssh.client.hosts.KnownHosts;
import org.noports.ssh.client.words.ProxyArguments;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Writes {@code ssh_config} for OpenSSH. A host key is kept under the device's own name, in a file
 * of this instance which {@code noports proxy} writes ({@link JudgeHostKey}), so ssh asks nobody
 * and believes no other.
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
    lines.add("  HostKeyAlias " + alias(host.device(), host.target()));
    lines.add("  UserKnownHostsFile " + quoted(percent(knownHosts().toString())));
    lines.add("  StrictHostKeyChecking yes");
    if (host.sessionKey()) {
      lines.add("  IdentityAgent " + quoted(percent(agent(host).toString())));
      lines.add("  IdentitiesOnly no");
      // ssh takes IdentityAgent for the agent that it would lend.
      lines.add("  ForwardAgent no");
    }
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
  private List<String> proxyCommand(SshHost host) throws StoreFailed {
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
    if (host.sessionKey()) {
      option(words, "--session-key", Optional.of(agent(host).toString()));
    }
    return words;
  }

  private static void option(List<String> words, String name, Optional<String> value) {
    value.ifPresent(
        text -> {
          words.add(name);
          words.add(word(text));
        });
  }

  /** Where ssh asks for the session's key: beside the instance's own socket. */
  private Path agent(SshHost host) throws StoreFailed {
    if (!environment.getOrDefault("NOPORTS_SYSTEM", "").isBlank()) {
      throw new StoreFailed(
          "An instance of the whole system gives nobody a session's key: its sockets are not yours."
              + " Ask an instance of your own");
    }
    String name = instance.getFileName() + "-" + host.name();
    return runFolder().resolve("ssh").resolve(name);
  }

  private Path runFolder() throws StoreFailed {
    String run = environment.getOrDefault("NOPORTS_RUN", "");
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!run.isBlank() || !runtime.isBlank()) {
      return run.isBlank()
          ? Path.of(runtime).toAbsolutePath().resolve("noports")
          : Path.of(run).toAbsolutePath();
    }
    try {
      return Path.of("/tmp/noports-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new StoreFailed("This machine does not say who we are: set NOPORTS_RUN", e);
    }
  }

  /** Another SSH server behind the same device is another host. */
  static String alias(DeviceAddress device, Target target) {
    return target.equals(ProxyArguments.USUAL_TARGET) ? device.toString() : device + "/" + target;
  }

  private Path knownHosts() throws StoreFailed {
    Path file = knownHosts(instance);
    KnownHosts.makeFolder(file);
    return file;
  }

  /** Where an instance keeps the host keys of its devices. */
  static Path knownHosts(Path instance) {
    return instance.resolve("data").resolve("ssh").resolve("known_hosts");
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
