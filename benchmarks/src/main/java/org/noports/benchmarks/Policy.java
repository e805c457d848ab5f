package org.noports.benchmarks;

import java.util.Map;
import org.noports.benchmarks.policy.AuditCost;

/** {@code benchmarks/run policy}: what deciding costs, and keeping what was decided. */
public final class Policy {
  private Policy() {}

  /** Prints each row with its goal; the exit code says nothing of them. */
  public static void main(String[] arguments) throws Exception {
    var report = new Report(System.out);
    Map<String, Samples> samples = Rounds.run(2, 7, Map.of("audit", AuditCost::microseconds));
    report.absolute(
        "audit cost per record", samples.get("audit"), "us", "< 20 us", median -> median < 20);
    report.end();
  }
}
