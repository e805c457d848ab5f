package org.noports.ssh.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be started for one session.
 *
 * @param account as whom
 * @param shell the program that runs commands
 * @param command a command line for it; empty for an interactive shell
 * @param environment what the client and we add to an otherwise fresh environment
 */
public record Launch(
    Account account, String shell, Optional<String> command, Map<String, String> environment) {
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public Launch {
    requireNonNull(account, "account is null");
    requireNonNull(shell, "shell is null");
    requireNonNull(command, "command is null");
    environment = Map.copyOf(environment);
  }

  /** On pipes: input, output and errors apart. In a process group of its own, to be signalled. */
  ProcessBuilder onPipes() {
    List<String> words = begun();
    if (Tools.has("setsid")) {
      words.add("setsid");
    }
    words.add(shell);
    command.ifPresentOrElse(line -> words.addAll(List.of("-c", line)), () -> words.add("-l"));
    return prepared(words, shell);
  }

  /**
   * On a pseudo-terminal that {@code script} makes and carries to its own input and output; {@code
   * preparation} is what stty is told before the shell starts.
   */
  ProcessBuilder onTerminal(String preparation) {
    String run = command.map(line -> "-c " + quoted(line)).orElse("-l");
    String wrapper =
        "stty "
            + preparation
            + " 2>/dev/null; SHELL="
            + quoted(shell)
            + "; export SHELL; exec "
            + quoted(shell)
            + " "
            + run;
    List<String> words = begun();
    // Its own shell only has to read the wrapper: the account's may not be one of POSIX.
    words.addAll(List.of("script", "-q", "-e", "-f", "-E", "always", "-c", wrapper, "/dev/null"));
    return prepared(words, "/bin/sh").redirectErrorStream(true);
  }

  private List<String> begun() {
    List<String> words = new ArrayList<>(Heeded.prefix());
    words.addAll(account.prefix());
    return words;
  }

  private ProcessBuilder prepared(List<String> words, String runner) {
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> env = builder.environment();
    env.clear();
    env.put("PATH", PATH);
    env.putAll(environment);
    env.put("HOME", account.home().toString());
    env.put("USER", account.name());
    env.put("LOGNAME", account.name());
    env.put("SHELL", runner);
    Path home = account.home();
    builder.directory((Files.isDirectory(home) ? home : Path.of("/")).toFile());
    return builder;
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
