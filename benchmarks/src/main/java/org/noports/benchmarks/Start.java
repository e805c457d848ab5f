package org.noports.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.World;

/** From a command to its answer, and from {@code connect} to a usable local port. */
public final class Start {
  private static final int ROUNDS = 5;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Start() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("noports-benchmark");
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")).toAbsolutePath(),
            folder.resolve("noports"));
    Report report = new Report(System.out);
    try (World world = World.make(distribution, folder, "localhost:*").up()) {
      connects(world, report);
      answers(world.client(), report);
    }
    report.end();
  }

  private static void connects(World world, Report report) throws Exception {
    Map<String, Contestant> cold = new LinkedHashMap<>();
    cold.put(
        "cold",
        () -> {
          world.client().close();
          world.client().up();
          return connect(world.client());
        });
    report.figure(
        "connect to a usable local port, cold client",
        Rounds.run(1, ROUNDS, cold).get("cold"),
        "ms");
    Map<String, Contestant> warm = new LinkedHashMap<>();
    warm.put("warm", () -> connect(world.client()));
    report.figure(
        "connect to a usable local port, warm client",
        Rounds.run(5, 4 * ROUNDS, warm).get("warm"),
        "ms");
  }

  private static double connect(Machine client) {
    long start = System.nanoTime();
    try (Running connect = client.start("connect", "dev1@device", "--to", "localhost:22")) {
      connect.awaitLine(line -> line.contains(" is at "), LIMIT);
      return (System.nanoTime() - start) / 1e6;
    }
  }

  private static void answers(Machine machine, Report report) throws Exception {
    Map<String, Contestant> running = new LinkedHashMap<>();
    running.put("running", () -> millis(machine));
    report.absolute(
        "bin/noports to its answer, instance running",
        Rounds.run(2, 4 * ROUNDS, running).get("running"),
        "ms",
        "< 1000 ms",
        median -> median < 1000);
    Map<String, Contestant> cold = new LinkedHashMap<>();
    cold.put(
        "cold",
        () -> {
          machine.close();
          return millis(machine);
        });
    report.absolute(
        "bin/noports to its answer, none running",
        Rounds.run(1, ROUNDS, cold).get("cold"),
        "ms",
        "< 3000 ms",
        median -> median < 3000);
  }

  private static double millis(Machine machine) {
    return machine.run("sessions", "--json").orFail().took().toNanos() / 1e6;
  }
}
