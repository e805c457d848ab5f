package org.noports.benchmarks.policy;

import java.time.Instant;
import java.util.Map;
import org.noports.api.audit.AuditEvent;
import org.noports.benchmarks.Report;
import org.noports.benchmarks.Rounds;
import org.noports.benchmarks.Samples;

/**
 * What the audit takes for a record, from the first that is handed over to the last that is on the
 * disk, hashed, chained and flushed; the events come as fast as they are taken.
 */
public final class AuditCost {
  private static final int RECORDS = 50_000;
  private static final double GOAL_MICROS = 20;

  private AuditCost() {}

  /** The row and its goal. */
  public static void measure(Report report) throws Exception {
    Map<String, Samples> samples = Rounds.run(2, 7, Map.of("audit", AuditCost::microseconds));
    report.absolute(
        "audit cost per record",
        samples.get("audit"),
        "us",
        "< 20 us",
        median -> median < GOAL_MICROS);
  }

  /** Microseconds for a record. */
  private static double microseconds() throws Exception {
    try (AuditFolder audit = new AuditFolder()) {
      long began = System.nanoTime();
      audit.keep(RECORDS, AuditCost::event);
      return (System.nanoTime() - began) / 1e3 / RECORDS;
    }
  }

  /** As long as those of a session are. */
  private static AuditEvent event(int number) {
    return new AuditEvent(
        Instant.EPOCH,
        "session-ended",
        Map.of(
            "side", "device",
            "session", "803fc0f9-1660-476c-8e58-" + (100_000_000_000L + number),
            "client", "@alice",
            "device", "dev1@device",
            "target", "localhost:22",
            "reason", "the client closed it",
            "connections", "1",
            "bytesSent", "1048576",
            "bytesReceived", Integer.toString(number)));
  }
}
