package org.noports.benchmarks.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.benchmarks.Samples;
import org.noports.benchmarks.control.RequestAnswer.Client;
import org.noports.benchmarks.wire.Driver;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.tls.TestCa;
import org.noports.testkit.tls.TestIdentity;

/** The rows of the control plane, in order; what cannot be measured is a failed row. */
public final class ControlRows {
  private static final String RATE =
      "notifications/s, ours forced to disk : Mosquitto QoS 0, kept nowhere";
  private static final String BESIDE_NATS =
      "notifications/s, ours forced to disk : NATS core, kept nowhere";
  private static final String CPU = "the same, processor time for each : Mosquitto";
  private static final String LATENCY = "p99 publish to monitor at 1,000/s : Mosquitto";
  private static final String UPDATES = "updates/s, 50 writers : Redis SET, appendfsync always";
  private static final String LOOKUPS =
      "look-ups/s, 8 connections, 24 deep : unbound DNS over TLS, by dnsperf";
  private static final int NAMES = 20_000;
  private static final int WRITERS = 50;
  private static final int ASKING = 8;
  private static final int DEEP = 24;
  private static final int WARM_UP = 1;
  private static final int JVM_WARM_UP = 12;
  private static final int ROUNDS = 5;

  private final Predicate<String> wanted;
  private final Report report;
  private final Driver driver;
  private final Host host;
  private final Peers peers;

  private ControlRows(
      Predicate<String> wanted, Report report, Driver driver, Host host, Peers peers) {
    this.wanted = wanted;
    this.report = report;
    this.driver = driver;
    this.host = host;
    this.peers = peers;
  }

  /** A row. */
  @FunctionalInterface
  interface Row {
    void measure() throws Exception;
  }

  /**
   * Measures and prints.
   *
   * @param wanted which rows, by what they are called
   */
  public static void measure(
      Distribution distribution, Path folder, Predicate<String> wanted, Report report)
      throws Exception {
    TestCa authority = new TestCa(folder, "bench");
    TestIdentity identity =
        authority.issue("localhost", "localhost", "127.0.0.1", "*." + HostFiles.DOMAIN);
    Path trust = authority.certificateFile();
    Path data = Files.createDirectories(folder.resolve("peers"));
    try (Driver driver = new Driver(trust);
        Peers peers = new Peers(data, identity)) {
      OwnRows own = new OwnRows(report, driver, identity);
      HostFiles files =
          HostFiles.write(folder.resolve("host"), identity, trust, "firstPort = %d").records(NAMES);
      ControlRows rows;
      try (Host host = Host.start(distribution, files)) {
        rows = new ControlRows(wanted, report, driver, host, peers);
        rows.row(RATE, ">= 1.0 x", rows::notifications);
        rows.row(LATENCY, "<= 3.0 x", rows::latency);
        rows.row(UPDATES, ">= 0.5 x", rows::updates);
        rows.row(LOOKUPS, ">= 0.7 x", rows::lookups);
        rows.row(OwnRows.AUTHENTICATIONS, "a first figure", () -> own.authentications(host));
        rows.row(OwnRows.MEMORY, OwnRows.MEMORY_GOAL, () -> own.memory(host));
      }
      rows.row(OwnRows.START, "a first figure", () -> own.start(distribution, folder, trust));
    }
  }

  /** A peer that is missing, or an answer that did not come: a failed row, never no row. */
  private void row(String what, String goal, Row row) {
    if (!wanted.test(what)) {
      return;
    }
    try {
      row.measure();
    } catch (Exception | AssertionError e) {
      report.failed(what, goal, e.toString());
    }
  }

  private void notifications() throws Exception {
    PubSub ours = AtServerNotifications.open(driver, host.atServer(), host.owner());
    PubSub mosquitto = Mosquitto.open(driver, peers.mosquitto());
    long mosquittoPid = peers.pid();
    PubSub nats = Nats.open(driver, peers.nats());
    long natsPid = peers.pid();
    warmUp(() -> Saturation.run(driver, ours, host.pid()).perSecond());
    Map<String, List<Double>> cpu = new ConcurrentHashMap<>();
    Map<String, Samples> samples =
        Rounds.run(
            WARM_UP,
            ROUNDS,
            Map.<String, Contestant>of(
                "ours", () -> saturate("ours", ours, host.pid(), cpu),
                "mosquitto", () -> saturate("mosquitto", mosquitto, mosquittoPid, cpu),
                "nats", () -> saturate("nats", nats, natsPid, cpu)));
    report.atLeast(1.0, RATE, samples.get("ours"), samples.get("mosquitto"), "/s");
    report.figure(BESIDE_NATS, samples.get("ours"), samples.get("nats"), "/s");
    report.figure(
        CPU, new Samples(cpu.get("ours")), new Samples(cpu.get("mosquitto")), "us of a core");
  }

  private double saturate(String name, PubSub pubSub, long pid, Map<String, List<Double>> cpu)
      throws Exception {
    Saturation.Result result = Saturation.run(driver, pubSub, pid);
    cpu.computeIfAbsent(name, none -> new ArrayList<>()).add(result.cpuMicros());
    return result.perSecond();
  }

  /** What a JVM compiles it compiles in the first seconds; its peers were compiled long ago. */
  private static void warmUp(Contestant ours) throws Exception {
    for (int i = 0; i < JVM_WARM_UP; i++) {
      ours.measure();
    }
  }

  private void latency() throws Exception {
    PubSub ours = AtServerNotifications.open(driver, host.atServer(), host.owner());
    PubSub mosquitto = Mosquitto.open(driver, peers.mosquitto());
    Map<String, Samples> samples =
        Rounds.run(
            WARM_UP,
            ROUNDS,
            Map.<String, Contestant>of(
                "ours", () -> Pacing.p99Micros(driver, ours),
                "mosquitto", () -> Pacing.p99Micros(driver, mosquitto)));
    report.atMost(3.0, LATENCY, samples.get("ours"), samples.get("mosquitto"), "us");
  }

  private void updates() throws Exception {
    List<Client> ours = Clients.updates(driver, host.atServer(), host.owner(), WRITERS);
    List<Client> redis = Clients.sets(driver, peers.redis(), WRITERS);
    warmUp(() -> RequestAnswer.perSecond(driver, ours, 1));
    Map<String, Samples> samples =
        Rounds.run(
            WARM_UP,
            ROUNDS,
            Map.<String, Contestant>of(
                "ours", () -> RequestAnswer.perSecond(driver, ours, 1),
                "redis", () -> RequestAnswer.perSecond(driver, redis, 1)));
    report.atLeast(0.5, UPDATES, samples.get("ours"), samples.get("redis"), "/s");
  }

  private void lookups() throws Exception {
    List<Client> ours = Clients.lookups(driver, host.directory(), NAMES, ASKING);
    Dnsperf unbound = peers.unbound(NAMES);
    warmUp(() -> RequestAnswer.perSecond(driver, ours, DEEP));
    Map<String, Samples> samples =
        Rounds.run(
            WARM_UP,
            ROUNDS,
            Map.<String, Contestant>of(
                "ours", () -> RequestAnswer.perSecond(driver, ours, DEEP),
                "unbound", () -> unbound.perSecond(ASKING, ASKING * DEEP)));
    report.atLeast(0.7, LOOKUPS, samples.get("ours"), samples.get("unbound"), "/s");
  }
}
