package org.noports.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.noports.benchmarks.data.SshRows;
import org.noports.testkit.process.Distribution;

/** {@code noports ssh} and scp through {@code noports proxy}, beside ssh and scp alone. */
public final class Ssh {
  private Ssh() {}

  /**
   * Measures all rows, or those whose name has one of the arguments in it.
   *
   * @param arguments for example {@code scp}
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("noports-benchmark");
    Report report = new Report(System.out);
    List<String> words = List.of(arguments);
    Predicate<String> wanted = row -> words.isEmpty() || words.stream().anyMatch(row::contains);
    Distribution distribution =
        Distribution.unpack(
            Path.of(System.getProperty("noports.distribution")).toAbsolutePath(),
            folder.resolve("noports"));
    SshRows.measure(distribution, folder, wanted, report);
    report.end();
  }
}
