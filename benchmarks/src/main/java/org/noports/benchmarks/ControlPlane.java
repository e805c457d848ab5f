package org.noports.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.noports.benchmarks.control.ControlRows;
import org.noports.testkit.process.Distribution;

/** The atDirectory and the atServer beside Mosquitto, NATS, Redis and unbound. */
public final class ControlPlane {
  private ControlPlane() {}

  /**
   * Measures all rows, or those whose name has one of the arguments in it.
   *
   * @param arguments for example {@code updates}
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("noports-benchmark");
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")).toAbsolutePath(),
            folder.resolve("noports"));
    Report report = new Report(System.out);
    List<String> words = List.of(arguments);
    ControlRows.measure(
        distribution,
        folder,
        row -> words.isEmpty() || words.stream().anyMatch(row::contains),
        report);
    report.end();
    // Drivers' and peers' threads end with us.
    System.exit(0);
  }
}
