package org.noports.benchmarks.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.noports.testkit.process.Running;

/**
 * Somebody between the ends, who is measured: our relay, HAProxy or nginx.
 *
 * @param running its process, with what belongs to it below
 * @param paths the ways through it
 */
record Hop(Running running, List<Way> paths) implements AutoCloseable {
  private static final double SECONDS_PER_TICK = 0.01;

  private Stream<ProcessHandle> processes() {
    ProcessHandle own = ProcessHandle.of(running.pid()).orElseThrow();
    return Stream.concat(Stream.of(own), own.descendants());
  }

  Way path() {
    return paths.get(0);
  }

  /** Processor time that it has taken so far. */
  double cpuSeconds() {
    return processes().mapToDouble(Hop::cpuSeconds).sum();
  }

  private static double cpuSeconds(ProcessHandle process) {
    String stat = read(process, "stat");
    // The name, in brackets, may have spaces; utime and stime are 12th and 13th behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * SECONDS_PER_TICK;
  }

  /** Memory of its own and its share of what it has in common with others, in KiB. */
  double proportionalKiB() {
    return sum("smaps_rollup", "Pss:");
  }

  /** Memory that is resident, in KiB. */
  double residentKiB() {
    return sum("status", "VmRSS:");
  }

  private double sum(String file, String field) {
    return processes()
        .flatMap(process -> read(process, file).lines())
        .filter(line -> line.startsWith(field))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    running.close();
  }
}
