package org.noports.benchmarks.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.benchmarks.Samples;

/** The NP2 tunnel beside {@code ssh -L} with AES-256-GCM through HAProxy: equal hops. */
public final class TunnelRows {
  private static final String STREAM = "NP2 tunnel, one stream : ssh -L through haproxy";
  private static final String PING = "NP2 tunnel, 64 B ping-pong, ";
  private static final String CONNECTIONS = "NP2 tunnel, new connections : ssh -L through haproxy";
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 7;

  /** With one GiB a fifth of a round and more would be what a JVM does to compile. */
  private static final int MEBIBYTES = 3072;

  private static final int PINGS = 20_000;
  private static final int CYCLES = 5000;
  private static final int WARM_CYCLES = 15_000;
  private static final int AT_ONCE = 32;

  private final Hops hops;
  private final Path folder;

  private TunnelRows(Path folder) {
    this.folder = folder;
    this.hops = new Hops(folder);
  }

  /** Measures the rows whose name is wanted. */
  public static void measure(Path folder, Predicate<String> wanted, Report report) {
    TunnelRows rows = new TunnelRows(folder);
    rows.row(STREAM, wanted, report, (ours, ssh) -> rows.stream(ours, ssh, report));
    rows.row(PING + "p50", wanted, report, (ours, ssh) -> rows.pings(ours, ssh, report));
    rows.row(CONNECTIONS, wanted, report, (ours, ssh) -> rows.connections(ours, ssh, report));
  }

  private interface Row {
    void measure(Side ours, Side ssh) throws Exception;
  }

  /** Two ends of their own and a tunnel between them. */
  private record Side(Ends ends, Way path) {}

  private void row(String what, Predicate<String> wanted, Report report, Row row) {
    if (!wanted.test(what)) {
      return;
    }
    try (Ends near = new Ends();
        Tunnel ours = Tunnel.noports(hops, near.farPort());
        Tunnel ssh = Tunnel.ssh(hops, folder, near.farPort())) {
      row.measure(new Side(near, ours.path()), new Side(near, ssh.path()));
    } catch (Exception | AssertionError e) {
      // A peer that is missing, or an end that failed: a failed row, never no row.
      report.failed(what, "a figure", String.valueOf(e.getMessage()));
    }
  }

  private interface Measure {
    double of(Side side) throws Exception;
  }

  private static Map<String, Samples> rounds(Side ours, Side ssh, Measure measure)
      throws Exception {
    Map<String, Contestant> contestants = new LinkedHashMap<>();
    contestants.put("ours", () -> measure.of(ours));
    contestants.put("ssh", () -> measure.of(ssh));
    return Rounds.run(WARM_UP, ROUNDS, contestants);
  }

  private void stream(Side ours, Side ssh, Report report) throws Exception {
    Map<String, Samples> samples = rounds(ours, ssh, TunnelRows::stream);
    report.atLeast(1.3, STREAM, samples.get("ours"), samples.get("ssh"), "MiB/s");
  }

  private static double stream(Side side) throws Exception {
    Ends ends = side.ends();
    ends.connect(side.path(), 1);
    ends.check();
    ends.far().tell("receive");
    double seconds = Double.parseDouble(ends.near().ask("send " + MEBIBYTES));
    double received = Double.parseDouble(ends.far().answer());
    ends.disconnect();
    if (received != MEBIBYTES) {
      throw new IllegalStateException(received + " of " + MEBIBYTES + " MiB came through");
    }
    return MEBIBYTES / seconds;
  }

  private void pings(Side ours, Side ssh, Report report) throws Exception {
    Map<Way, List<Double>> tails = new LinkedHashMap<>();
    Map<String, Samples> middles = rounds(ours, ssh, side -> ping(side, tails));
    report.atMost(
        0.7, PING + "p50 : ssh -L through haproxy", middles.get("ours"), middles.get("ssh"), "us");
    report.atMost(
        1.0,
        PING + "p99 : ssh -L through haproxy",
        measured(tails, ours),
        measured(tails, ssh),
        "us");
  }

  private static Samples measured(Map<Way, List<Double>> tails, Side side) {
    return new Samples(tails.get(side.path()).subList(WARM_UP, WARM_UP + ROUNDS));
  }

  private static double ping(Side side, Map<Way, List<Double>> tails) throws Exception {
    Ends ends = side.ends();
    ends.connect(side.path(), 1);
    ends.check();
    ends.far().tell("echo");
    String[] micros = ends.near().ask("ping " + PINGS).split(" ");
    ends.near().ask("end");
    ends.far().answer();
    ends.disconnect();
    tails
        .computeIfAbsent(side.path(), ignored -> new ArrayList<>())
        .add(Double.parseDouble(micros[1]));
    return Double.parseDouble(micros[0]);
  }

  private void connections(Side ours, Side ssh, Report report) throws Exception {
    // What a JVM compiles, in our ends as in the driver's, it compiles now.
    cycles(ours, WARM_CYCLES);
    cycles(ssh, WARM_CYCLES / 3);
    Map<String, Samples> samples = rounds(ours, ssh, side -> cycles(side, CYCLES));
    report.atLeast(1.0, CONNECTIONS, samples.get("ours"), samples.get("ssh"), "/s");
  }

  private static double cycles(Side side, int count) throws Exception {
    Ends ends = side.ends();
    ends.far().tell("serve " + AT_ONCE + " 0 -");
    double rate =
        Double.parseDouble(
            ends.near().ask("cycle " + count + " " + AT_ONCE + " " + side.path().port() + " -"));
    ends.far().ask("listening");
    ends.far().answer();
    return rate;
  }
}
