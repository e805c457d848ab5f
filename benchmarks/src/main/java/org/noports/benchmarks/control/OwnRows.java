package org.noports.benchmarks.control;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Rounds.Contestant;
import org.noports.benchmarks.Samples;
import org.noports.benchmarks.wire.Driver;
import org.noports.benchmarks.wire.Wire;
import org.noports.testkit.process.Distribution;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;
import org.noports.testkit.tls.TestIdentity;

/** What has no peer: measured against what the machine or an empty engine could do. */
final class OwnRows {
  static final String AUTHENTICATIONS =
      "PKAM authentications/s, 8 connections : RSA sign + verify on one core";
  static final String MEMORY =
      "heap of an idle monitor beyond an idle TLS connection's, 10,000 of each";
  static final String MEMORY_GOAL = "< 20 KiB";
  static final String START = "start with 10,000 atSigns on one port : with one atSign";
  private static final String IDLE = "heap of an idle monitor : of an idle TLS connection";
  private static final int CONNECTIONS = 10_000;
  private static final int AT_SIGNS = 10_000;
  private static final int KIB = 1024;
  private static final int MOST_KIB = 20;
  private static final int ROUNDS = 5;
  private static final int STARTS = 3;

  private final Report report;
  private final Driver driver;
  private final TestIdentity identity;

  OwnRows(Report report, Driver driver, TestIdentity identity) {
    this.report = report;
    this.driver = driver;
    this.identity = identity;
  }

  void authentications(Host host) throws Exception {
    Map<String, Samples> samples =
        Rounds.run(
            1,
            ROUNDS,
            Map.<String, Contestant>of(
                "ours",
                () -> Authentications.perSecond(driver, host.atServer(), host.owner()),
                "limit",
                Authentications::limit));
    report.figure(AUTHENTICATIONS, samples.get("ours"), samples.get("limit"), "/s");
  }

  /** One round: it counts objects, and they do not depend on the machine's mood. */
  void memory(Host host) throws Exception {
    double ours =
        IdleMemory.perConnection(
            host.pid(),
            CONNECTIONS,
            () ->
                AtServerLink.open(driver, host.atServer(), host.owner())
                    .thenApply(OwnRows::monitoring));
    Samples monitor = new Samples(List.of(ours / KIB));
    Samples idle = new Samples(List.of(empty() / KIB));
    report.figure(IDLE, monitor, idle, "KiB");
    report.absolute(
        MEMORY,
        new Samples(List.of(monitor.median() - idle.median())),
        "KiB",
        MEMORY_GOAL,
        median -> median < MOST_KIB);
  }

  private static Wire monitoring(AtServerLink link) {
    link.wire().send("monitor\n");
    return link.wire();
  }

  private double empty() throws Exception {
    int port = Shell.freePort();
    try (Running process =
        Running.start(
            new ProcessBuilder(
                "java",
                "-cp",
                System.getProperty("java.class.path"),
                IdleTls.class.getName(),
                "" + port,
                identity.chain().toString(),
                identity.key().toString()))) {
      Peers.awaitPort(port, "The empty engine");
      return IdleMemory.perConnection(
          process.pid(),
          CONNECTIONS,
          () ->
              driver
                  .connect(port, wire -> bytes -> {})
                  .thenCompose(CompletableFuture::completedFuture));
    }
  }

  void start(Distribution distribution, Path folder, Path trust) throws Exception {
    ManyAtSigns many = seeded(distribution, folder.resolve("many"), trust, AT_SIGNS);
    ManyAtSigns one = seeded(distribution, folder.resolve("one"), trust, 1);
    Map<String, Samples> samples =
        Rounds.run(
            1,
            STARTS,
            Map.<String, Contestant>of("many", many::startMillis, "one", one::startMillis));
    report.figure(START, samples.get("many"), samples.get("one"), "ms");
  }

  private ManyAtSigns seeded(Distribution distribution, Path home, Path trust, int count)
      throws Exception {
    HostFiles files =
        HostFiles.write(
            home, identity, trust, "domain = " + HostFiles.DOMAIN + "\nsharedPort = %d");
    return ManyAtSigns.provisioned(distribution, driver, files, count);
  }
}
