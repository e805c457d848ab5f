package org.noports.benchmarks.ciphers;

import org.noports.benchmarks.Report;

/** What sessions lose when an algorithm that they use is taken away under load. */
public final class SwapRows {
  private static final String WHY = "not measured yet";

  private SwapRows() {}

  /** The rows and their goals. */
  public static void measure(Report report) {
    report.failed("bytes lost while ciphers are swapped under load", "0", WHY);
    report.failed("reconnects while ciphers are swapped under load", "0", WHY);
    report.failed("p99 that a swap adds to 64 bytes there and back", "< 50 ms", WHY);
    report.failed("cipher-deny, to the last of 1,000 sessions moved", "< 2 s", WHY);
  }
}
