package org.noports.benchmarks;

import java.util.List;
import java.util.Map;
import org.noports.benchmarks.ciphers.DenyRow;
import org.noports.benchmarks.ciphers.HandshakeRows;
import org.noports.benchmarks.ciphers.RecordRows;
import org.noports.benchmarks.ciphers.SwapRows;

/**
 * What one core seals and opens beside {@code openssl speed}, what a whole handshake costs both
 * ends, and what becomes of sessions when algorithms are taken away. Words choose rows: {@code
 * records}, {@code handshakes}, {@code swap}, {@code deny}.
 */
public final class Ciphers {
  private Ciphers() {}

  /** A group of rows. */
  private interface Rows {
    void measure(Report report) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Rows> rows =
        Map.of(
            "records", RecordRows::measure,
            "handshakes", HandshakeRows::measure,
            "swap", SwapRows::measure,
            "deny", DenyRow::measure);
    Report report = new Report(System.out);
    for (String name : List.of("records", "handshakes", "swap", "deny")) {
      if (arguments.length == 0 || List.of(arguments).contains(name)) {
        rows.get(name).measure(report);
      }
    }
    report.end();
  }
}
