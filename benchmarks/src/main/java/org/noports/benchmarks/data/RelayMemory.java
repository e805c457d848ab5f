package org.noports.benchmarks.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Samples;

/** What connections cost the relay that do nothing, or whose reader does nothing. */
final class RelayMemory {
  static final String IDLE = "idle relay session, memory of each of 8,000 : nginx stream";
  static final String STALLED = "1,000 stalled readers, memory : the same at rest";
  static final String HALF_CLOSED = "1,000 half-closed sessions, processor time in 5 s";

  private static final int IDLE_COUNT = 8000;
  private static final int STALLED_COUNT = 1000;
  private static final int REPEATS = 5;
  private static final Duration GLANCE = Duration.ofSeconds(2);
  private static final Duration HALF_CLOSED_TIME = Duration.ofSeconds(5);

  /**
   * The goal is ten minutes; {@code NOPORTS_STALL_SECONDS} makes it shorter, and the row says so.
   */
  private static final int STALL_SECONDS =
      Integer.parseInt(System.getenv().getOrDefault("NOPORTS_STALL_SECONDS", "600"));

  private final Hops hops;
  private final Report report;

  RelayMemory(Hops hops, Report report) {
    this.hops = hops;
    this.report = report;
  }

  void idle() throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> nginx = new ArrayList<>();
    for (int i = 0; i < REPEATS; i++) {
      try (Ends ends = new Ends();
          Hop hop = hops.relay(1)) {
        ours.add(each(ends, hop));
      }
      try (Ends ends = new Ends();
          Hop hop = hops.nginx(ends.farPort())) {
        nginx.add(each(ends, hop));
      }
    }
    report.atMost(1.0, IDLE, new Samples(ours), new Samples(nginx), "bytes");
  }

  private static double each(Ends ends, Hop hop) throws Exception {
    // The first few load classes, make threads and let the heap grow: that is no session's.
    connect(ends, hop, 200);
    ends.check();
    ends.disconnect();
    Listening.pause(GLANCE);
    double before = hop.proportionalKiB();
    connect(ends, hop, IDLE_COUNT);
    ends.check();
    double each = (hop.proportionalKiB() - before) * 1024 / IDLE_COUNT;
    ends.disconnect();
    return each;
  }

  /** Not all at once: a queue for connections that come is not endless. */
  private static void connect(Ends ends, Hop hop, int count) throws Exception {
    int step = 200;
    for (int made = 0; made < count; made += step) {
      ends.connect(hop.path(), step);
    }
  }

  void stalled() throws Exception {
    try (Ends ends = new Ends();
        Hop hop = hops.relay(1)) {
      // As with those that idle: what the first thousand make of the JVM is no stalled reader's.
      connect(ends, hop, STALLED_COUNT);
      ends.check();
      ends.disconnect();
      connect(ends, hop, STALLED_COUNT);
      ends.check();
      Listening.pause(GLANCE);
      double atRest = hop.residentKiB() / 1024;
      ends.near().ask("flood");
      List<Double> during = new ArrayList<>();
      List<Double> rest = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofSeconds(STALL_SECONDS).toNanos();
      while (System.nanoTime() < end) {
        Listening.pause(GLANCE);
        during.add(hop.residentKiB() / 1024);
        rest.add(atRest);
      }
      report.atMost(
          1.1,
          STALLED + " (" + STALL_SECONDS + " s)",
          new Samples(during),
          new Samples(rest),
          "MiB");
    }
  }

  void halfClosed() throws Exception {
    try (Ends ends = new Ends();
        Hop hop = hops.relay(1)) {
      connect(ends, hop, STALLED_COUNT);
      ends.check();
      ends.near().ask("end");
      List<Double> percents = new ArrayList<>();
      for (int i = 0; i < REPEATS; i++) {
        double before = hop.cpuSeconds();
        Listening.pause(HALF_CLOSED_TIME);
        percents.add((hop.cpuSeconds() - before) * 100 / HALF_CLOSED_TIME.toSeconds());
      }
      report.absolute(
          HALF_CLOSED, new Samples(percents), "% of a core", "< 5 % of a core", p -> p < 5);
    }
  }
}
