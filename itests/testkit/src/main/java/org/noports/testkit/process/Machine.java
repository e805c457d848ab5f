package org.noports.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.testkit.Patience;

/**
 * One machine's instance: the distribution with a home of its own.
 *
 * @param distribution what is run
 * @param home the instance's folder, with its {@code etc}
 * @param sockets the folder of the local doors
 * @param place the words that make a command run where this machine stands; none for here
 */
public record Machine(Distribution distribution, Path home, Path sockets, List<String> place)
    implements AutoCloseable {
  private static final Pattern PID = Pattern.compile("process +(\\d+)");
  private static final String LOG = "data/log/noports.log";

  public Machine {
    place = List.copyOf(place);
  }

  /** A machine on this machine's own network. */
  public Machine(Distribution distribution, Path home, Path sockets) {
    this(distribution, home, sockets, List.of());
  }

  /** Starts a command; the caller waits for it or ends it. */
  public Running start(String... arguments) {
    List<String> command = new ArrayList<>(place);
    command.add(distribution.noports().toString());
    command.add("--home");
    command.add(home.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NOPORTS_RUN", sockets.toString());
    return Running.start(builder);
  }

  /** Runs a command to its end. */
  public Finished run(String... arguments) {
    try (Running running = start(arguments)) {
      return running.await(Shell.LIMIT);
    }
  }

  /** Adds lines to one of its configuration files. */
  public void configure(String file, String lines) {
    try {
      Files.writeString(
          home.resolve("etc").resolve(file),
          lines,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the instance and waits until it answers. */
  public Machine up() {
    run("up").orFail();
    return this;
  }

  /** Waits until the named part says that it is well. */
  public Machine awaitWell(String component) {
    Patience patience = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(5));
    String wanted = "{\"component\":\"" + component + "\",\"status\":\"OK\"";
    Finished last = run("health", "--json");
    while (!last.out().contains(wanted)) {
      if (!patience.lasts()) {
        throw new AssertionError(component + " did not get well:\n" + last);
      }
      last = run("health", "--json");
    }
    return this;
  }

  /** The process of the instance that runs. */
  public long pid() {
    Matcher pid = PID.matcher(run("status").orFail().out());
    if (!pid.find()) {
      throw new AssertionError("No instance runs in " + home);
    }
    return Long.parseLong(pid.group(1));
  }

  /** What the instance logs from about now on, as it comes. */
  public Running log() {
    List<String> command = new ArrayList<>(place);
    command.addAll(List.of("tail", "-n", "0", "-F", home.resolve(LOG).toString()));
    return Running.start(new ProcessBuilder(command));
  }

  /** Ends the instance. */
  @Override
  public void close() {
    run("down");
  }
}
