package org.noports.benchmarks;

import java.util.List;
import java.util.Map;
import org.noports.benchmarks.policy.AuditCost;
import org.noports.benchmarks.policy.DecisionRows;
import org.noports.benchmarks.policy.LiveRows;
import org.noports.benchmarks.policy.ReplayRow;

/**
 * {@code benchmarks/run policy}: what deciding costs, how soon another book is felt, and what it
 * costs to keep what was decided, and to decide it again. Words choose rows: {@code decisions},
 * {@code live}, {@code replay}, {@code audit}.
 */
public final class Policy {
  private Policy() {}

  /** A group of rows. */
  private interface Rows {
    void measure(Report report) throws Exception;
  }

  /** Prints each row with its goal; the exit code says nothing of them. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Rows> rows =
        Map.of(
            "decisions", DecisionRows::measure,
            "live", LiveRows::measure,
            "replay", ReplayRow::measure,
            "audit", AuditCost::measure);
    Report report = new Report(System.out);
    for (String name : List.of("decisions", "live", "replay", "audit")) {
      if (arguments.length == 0 || List.of(arguments).contains(name)) {
        rows.get(name).measure(report);
      }
    }
    report.end();
  }
}
