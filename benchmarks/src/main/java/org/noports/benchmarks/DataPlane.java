package org.noports.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.benchmarks.data.RelayRows;
import org.noports.benchmarks.data.SetUpRow;
import org.noports.benchmarks.data.TunnelRows;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.OpenSsh;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/**
 * The blind relay beside HAProxy and nginx; one stream through client, relay and device, beside
 * {@code ssh -L} through a {@code socat} hop.
 */
public final class DataPlane {
  private static final String STREAM = "one stream, client-relay-device : ssh -L over socat";
  private static final long BYTES = 512L << 20;
  private static final int ROUNDS = 7;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private DataPlane() {}

  /**
   * Measures all rows, or those whose name has one of the arguments in it.
   *
   * @param arguments for example {@code blind}
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("noports-benchmark");
    Report report = new Report(System.out);
    List<String> words = List.of(arguments);
    Predicate<String> wanted = row -> words.isEmpty() || words.stream().anyMatch(row::contains);
    RelayRows.measure(folder, wanted, report);
    TunnelRows.measure(folder, wanted, report);
    if (wanted.test(SetUpRow.WHAT)) {
      setUp(folder.resolve("set-up"), report);
    }
    if (wanted.test(STREAM)) {
      stream(folder, report);
    }
    report.end();
  }

  private static Distribution distribution(Path folder) {
    return Distribution.unpack(
        Path.of(System.getProperty("noports.distribution")).toAbsolutePath(),
        folder.resolve("noports"));
  }

  private static void setUp(Path folder, Report report) {
    try {
      SetUpRow.measure(distribution(Files.createDirectories(folder)), folder, report);
    } catch (Exception | AssertionError e) {
      // A peer that is missing, or an instance that did not start: a failed row, never no row.
      report.failed(SetUpRow.WHAT, "<= 100 ms", String.valueOf(e.getMessage()));
    }
  }

  private static void stream(Path folder, Report report) throws Exception {
    Distribution distribution = distribution(folder);
    try (ByteSource source = ByteSource.start(BYTES);
        World world = World.make(distribution, folder, "localhost:*").up();
        Running connect =
            world.client().start("connect", "dev1@device", "--to", "localhost:" + source.port());
        OpenSsh sshd = OpenSsh.start(folder.resolve("sshd"))) {
      String ready = connect.awaitLine(line -> line.contains(" is at "), LIMIT);
      int ours = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
      compare(source, ours, sshd, report);
    } catch (RuntimeException | AssertionError e) {
      // A peer that is missing, or a stream that did not arrive whole: a failed row, never no row.
      report.failed(STREAM, "a first figure", String.valueOf(e.getMessage()));
    }
  }

  private static void compare(ByteSource source, int ours, OpenSsh sshd, Report report)
      throws Exception {
    int hop = Shell.freePort();
    int theirs = Shell.freePort();
    try (Running socat =
        Running.start(
            new ProcessBuilder(
                "socat",
                "-d",
                "-d",
                "-b65536",
                "TCP-LISTEN:" + hop + ",bind=127.0.0.1,fork,reuseaddr",
                "TCP:127.0.0.1:" + sshd.port()))) {
      // ssh does not try again: the hop must listen before it comes.
      socat.awaitLine(line -> line.contains("listening on"), LIMIT);
      compareThroughHop(source, ours, forward(sshd, hop, theirs, source.port()), theirs, report);
    }
  }

  private static void compareThroughHop(
      ByteSource source, int ours, Running forward, int theirs, Report report) throws Exception {
    try (Running ssh = forward) {
      ssh.awaitLine(line -> line.contains("Local forwarding listening"), LIMIT);
      Map<String, Contestant> contestants = new LinkedHashMap<>();
      contestants.put("noports", () -> source.readThrough(ours));
      contestants.put("ssh", () -> source.readThrough(theirs));
      Map<String, Samples> samples = Rounds.run(3, ROUNDS, contestants);
      report.figure(STREAM, samples.get("noports"), samples.get("ssh"), "MB/s");
    }
  }

  private static Running forward(OpenSsh sshd, int hop, int local, int target) {
    List<String> command = new ArrayList<>(List.of("ssh", "-v", "-N", "-p", "" + hop));
    List<String> options = new ArrayList<>(sshd.options());
    options.replaceAll(option -> option.equals("LogLevel=ERROR") ? "LogLevel=DEBUG1" : option);
    command.addAll(options);
    command.addAll(List.of("-L", "127.0.0.1:" + local + ":127.0.0.1:" + target, "127.0.0.1"));
    return Running.start(new ProcessBuilder(command));
  }
}
