package org.noports.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.benchmarks.Samples;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.OpenSsh;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.process.World;

/** What a person at ssh feels of NoPorts; all instances run, and all is on the loopback. */
public final class SshRows {
  private static final String ADDED = "noports ssh dev1@device true, less ssh true, warm";
  private static final String WHOLE = "noports ssh dev1@device true : ssh true";
  private static final String SCP = "scp by the device's name : scp through HAProxy";
  private static final String ECHO = "keystroke echo, p99, by the device's name : through HAProxy";
  private static final int ADDED_MILLIS = 150;
  private static final int ROUNDS = 5;
  private static final int STARTS = 15;
  private static final int WARM_UP = 3;

  /** {@code NOPORTS_SCP_MEGABYTES} makes it less, and the row says so. */
  private static final int MEGABYTES =
      Integer.parseInt(System.getenv().getOrDefault("NOPORTS_SCP_MEGABYTES", "1000"));

  private final SshPaths paths;
  private final Report report;

  private SshRows(SshPaths paths, Report report) {
    this.paths = paths;
    this.report = report;
  }

  /** Measures the rows that are wanted. */
  public static void measure(
      Distribution distribution, Path folder, Predicate<String> wanted, Report report)
      throws Exception {
    try (OpenSsh sshd = OpenSsh.start(folder.resolve("sshd"));
        Hop haproxy = new Hops(folder).haproxy(sshd.port(), true);
        World world = World.make(distribution, folder, "localhost:*").up()) {
      int hop = haproxy.path().port();
      SshRows rows = new SshRows(new SshPaths(folder, world.client(), sshd.port(), hop), report);
      rows.row(wanted, ADDED, "< 150 ms", rows::starts);
      rows.row(wanted, SCP, ">= 1.0 x", rows::copies);
      rows.row(wanted, ECHO, "<= 1.1 x", rows::echoes);
    }
  }

  private interface Row {
    void measure() throws Exception;
  }

  private void row(Predicate<String> wanted, String what, String goal, Row row) {
    if (!wanted.test(what)) {
      return;
    }
    try {
      row.measure();
    } catch (Exception | AssertionError e) {
      report.failed(what, goal, String.valueOf(e.getMessage()));
    }
  }

  private void starts() throws Exception {
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    contestants.put("ours", () -> millis(paths.noports("true")));
    contestants.put("ssh", () -> millis(paths.ssh(paths.sshd(), "true")));
    Map<String, Samples> samples = Rounds.run(WARM_UP, STARTS, contestants);
    List<Double> ours = samples.get("ours").values();
    List<Double> ssh = samples.get("ssh").values();
    Samples added =
        new Samples(IntStream.range(0, STARTS).mapToObj(i -> ours.get(i) - ssh.get(i)).toList());
    report.absolute(ADDED, added, "ms", "< 150 ms", median -> median < ADDED_MILLIS);
    report.figure(WHOLE, samples.get("ours"), samples.get("ssh"), "ms");
  }

  private void copies() throws Exception {
    Path file = random();
    Path to = paths.folder().resolve("copied");
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    contestants.put("ours", () -> megabytesPerSecond(paths.proxiedScp(file, to), file, to));
    contestants.put("scp", () -> megabytesPerSecond(paths.scp(file, to), file, to));
    Map<String, Samples> samples = Rounds.run(1, ROUNDS, contestants);
    report.atLeast(
        1.0, SCP + ", " + MEGABYTES + " MB", samples.get("ours"), samples.get("scp"), "MB/s");
  }

  private Path random() throws Exception {
    Path file = paths.folder().resolve("content");
    try (Running dd =
        Running.start(
            new ProcessBuilder(
                "dd", "if=/dev/urandom", "of=" + file, "bs=1000000", "count=" + MEGABYTES))) {
      dd.await(Shell.LIMIT).orFail();
    }
    return file;
  }

  private static double megabytesPerSecond(List<String> scp, Path from, Path to)
      throws IOException {
    double millis = millis(scp);
    long size = Files.size(to);
    if (size != Files.size(from)) {
      throw new IOException("Only " + size + " bytes arrived");
    }
    Files.delete(to);
    return size / 1e3 / millis;
  }

  private void echoes() throws Exception {
    try (Keystrokes ours = new Keystrokes(paths.noports("-tt", Keystrokes.REMOTE));
        Keystrokes ssh = new Keystrokes(paths.ssh(paths.hop(), "-tt", Keystrokes.REMOTE))) {
      Map<String, Contestant> contestants = new LinkedHashMap<>();
      contestants.put("ours", ours::slowest);
      contestants.put("ssh", ssh::slowest);
      Map<String, Samples> samples = Rounds.run(WARM_UP, 2 * ROUNDS + 1, contestants);
      report.atMost(1.1, ECHO, samples.get("ours"), samples.get("ssh"), "us");
    }
  }

  private static double millis(List<String> command) {
    return Shell.run(command.toArray(String[]::new)).orFail().took().toNanos() / 1e6;
  }
}
