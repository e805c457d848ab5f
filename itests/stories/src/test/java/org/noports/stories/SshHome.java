package org.noports.stories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Shell;

/** A person's ssh_config, made of what {@code noports ssh-config} prints, and ssh by it. */
final class SshHome {
  private final Path config;

  /**
   * Writes the configuration.
   *
   * @param key the person's own key
   * @param words behind {@code noports ssh-config}, of which each makes one host
   */
  SshHome(Machine client, Path config, Path key, List<List<String>> words) {
    this.config = config;
    StringBuilder all = new StringBuilder();
    for (List<String> host : words) {
      List<String> command = new ArrayList<>(List.of("ssh-config"));
      command.addAll(host);
      all.append(client.run(command.toArray(String[]::new)).orFail().out());
    }
    all.append("Host *\n  BatchMode yes\n  IdentitiesOnly yes\n  IdentityFile ").append(key);
    try {
      Files.writeString(config, all.append('\n').toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one of OpenSSH's programs by this configuration. */
  Finished run(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program, "-F", config.toString()));
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(String[]::new));
  }

  /** What others are told to start for ssh. */
  String command() {
    return "ssh -F " + config;
  }

  /** A line for bash that runs ssh by this configuration. */
  Finished bash(String line, String... words) {
    List<String> command = new ArrayList<>(List.of("bash", "-c", line, "ssh"));
    command.addAll(Arrays.stream(words).collect(Collectors.toList()));
    return Shell.run(command.toArray(String[]::new));
  }
}
