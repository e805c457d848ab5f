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

/** The blind relay beside HAProxy and nginx. */
public final class RelayRows {
  private static final String STREAM = "blind relay, one stream : haproxy with splice";
  private static final String CPU = "blind relay, CPU of one stream : haproxy without splice";
  private static final String CONNECTIONS = "blind relay, new connections : haproxy";
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 7;
  private static final int WARM_STREAMS = 5;
  private static final int MEBIBYTES = 2048;
  private static final int CYCLES = 6000;
  private static final int WARM_CYCLES = 30_000;
  private static final int AT_ONCE = 32;
  private static final int SESSIONS = 4;

  private final Hops hops;
  private final Predicate<String> wanted;
  private final Report report;

  private RelayRows(Hops hops, Predicate<String> wanted, Report report) {
    this.hops = hops;
    this.wanted = wanted;
    this.report = report;
  }

  /** Measures the rows whose name is wanted. */
  public static void measure(Path folder, Predicate<String> wanted, Report report) {
    RelayRows rows = new RelayRows(new Hops(folder), wanted, report);
    rows.row(STREAM, ">= 1.0 x", rows::stream);
    rows.row(CONNECTIONS, ">= 0.7 x", rows::connections);
    RelayMemory memory = new RelayMemory(rows.hops, report);
    rows.row(RelayMemory.IDLE, "<= 1.0 x", memory::idle);
    rows.row(RelayMemory.STALLED, "<= 1.1 x", memory::stalled);
    rows.row(RelayMemory.HALF_CLOSED, "< 5 % of a core", memory::halfClosed);
  }

  private interface Row {
    void measure() throws Exception;
  }

  private void row(String what, String goal, Row row) {
    if (!wanted.test(what)) {
      return;
    }
    try {
      row.measure();
    } catch (Exception | AssertionError e) {
      // A peer that is missing, or an end that failed: a failed row, never no row.
      report.failed(what, goal, String.valueOf(e.getMessage()));
    }
  }

  private void stream() throws Exception {
    try (Ends ends = new Ends();
        Hop relay = hops.relay(1);
        Hop splice = hops.haproxy(ends.farPort(), true);
        Hop copy = hops.haproxy(ends.farPort(), false)) {
      // What a JVM compiles it compiles now: it takes some ten gibibytes until it is done.
      for (int i = 0; i < WARM_STREAMS; i++) {
        stream(ends, relay, new ArrayList<>());
      }
      Map<String, List<Double>> cpu = new LinkedHashMap<>();
      Map<String, Contestant> contestants = new LinkedHashMap<>();
      contestants.put("relay", () -> stream(ends, relay, times(cpu, "relay")));
      contestants.put("splice", () -> stream(ends, splice, times(cpu, "splice")));
      contestants.put("copy", () -> stream(ends, copy, times(cpu, "copy")));
      Map<String, Samples> samples = Rounds.run(WARM_UP, ROUNDS, contestants);
      report.atLeast(1.0, STREAM, samples.get("relay"), samples.get("splice"), "MiB/s");
      report.atMost(0.7, CPU, measured(cpu, "relay"), measured(cpu, "copy"), "ms/GiB");
      report.figure(
          CPU + " with splice", measured(cpu, "relay"), measured(cpu, "splice"), "ms/GiB");
    }
  }

  private static List<Double> times(Map<String, List<Double>> cpu, String name) {
    return cpu.computeIfAbsent(name, ignored -> new ArrayList<>());
  }

  private static Samples measured(Map<String, List<Double>> cpu, String name) {
    return new Samples(cpu.get(name).subList(WARM_UP, WARM_UP + ROUNDS));
  }

  /** MiB a second; adds the processor's milliseconds for each GiB. */
  private static double stream(Ends ends, Hop hop, List<Double> cpu) throws Exception {
    ends.connect(hop.path(), 1);
    ends.check();
    double before = hop.cpuSeconds();
    ends.far().tell("receive");
    double seconds = Double.parseDouble(ends.near().ask("send " + MEBIBYTES));
    double received = Double.parseDouble(ends.far().answer());
    cpu.add((hop.cpuSeconds() - before) * 1000 / (MEBIBYTES / 1024.0));
    ends.disconnect();
    if (received != MEBIBYTES) {
      throw new IllegalStateException(received + " of " + MEBIBYTES + " MiB came through");
    }
    return MEBIBYTES / seconds;
  }

  private void connections() throws Exception {
    // A session lives on one thread, as HAProxy has two: the connections are those of several.
    try (Ends ends = new Ends();
        Hop relay = hops.relay(SESSIONS);
        Hop haproxy = hops.haproxy(ends.farPort(), false)) {
      // What a JVM compiles, in the relay as at both ends, it compiles now.
      cycles(ends, relay.paths(), WARM_CYCLES);
      cycles(ends, haproxy.paths(), WARM_CYCLES / 3);
      Map<String, List<Double>> cpu = new LinkedHashMap<>();
      Map<String, Contestant> contestants = new LinkedHashMap<>();
      contestants.put("relay", () -> cycles(ends, relay, times(cpu, "relay")));
      contestants.put("haproxy", () -> cycles(ends, haproxy, times(cpu, "haproxy")));
      Map<String, Samples> samples = Rounds.run(WARM_UP, ROUNDS, contestants);
      report.atLeast(0.7, CONNECTIONS, samples.get("relay"), samples.get("haproxy"), "/s");
      report.figure(
          "blind relay, CPU of a new connection : haproxy",
          measured(cpu, "relay"),
          measured(cpu, "haproxy"),
          "us");
    }
  }

  /** Connections a second; adds the processor's microseconds for each. */
  private static double cycles(Ends ends, Hop hop, List<Double> cpu) throws Exception {
    double before = hop.cpuSeconds();
    double rate = cycles(ends, hop.paths(), CYCLES);
    cpu.add((hop.cpuSeconds() - before) * 1e6 / CYCLES);
    return rate;
  }

  private static double cycles(Ends ends, List<Way> ways, int count) throws Exception {
    StringBuilder near = new StringBuilder();
    StringBuilder far = new StringBuilder();
    for (Way way : ways) {
      near.append(' ').append(way.port()).append(' ').append(way.line());
      far.append(' ').append(way.farPort()).append(' ').append(way.farLine());
    }
    // More wait there than come here, so that none comes to find nobody.
    ends.far().tell("serve " + 2 * AT_ONCE + far);
    double rate = Double.parseDouble(ends.near().ask("cycle " + count + " " + AT_ONCE + near));
    ends.far().ask("listening");
    ends.far().answer();
    return rate;
  }
}
