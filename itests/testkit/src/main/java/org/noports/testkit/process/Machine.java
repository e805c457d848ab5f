package org.noports.testkit.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One machine's instance: the distribution with a home of its own.
 *
 * @param distribution what is run
 * @param home the instance's folder, with its {@code etc}
 * @param sockets the folder of the local doors
 */
public record Machine(Distribution distribution, Path home, Path sockets) implements AutoCloseable {
  /** Starts a command; the caller waits for it or ends it. */
  public Running start(String... arguments) {
    List<String> command = new ArrayList<>();
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

  /** Starts the instance and waits until it answers. */
  public Machine up() {
    run("up").orFail();
    return this;
  }

  /** Waits until the named part says that it is well. */
  public Machine awaitWell(String component) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String wanted = "{\"component\":\"" + component + "\",\"status\":\"OK\"";
    Finished last = run("health", "--json");
    while (!last.out().contains(wanted)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(component + " did not get well:\n" + last);
      }
      last = run("health", "--json");
    }
    return this;
  }

  /** Ends the instance. */
  @Override
  public void close() {
    run("down");
  }
}
