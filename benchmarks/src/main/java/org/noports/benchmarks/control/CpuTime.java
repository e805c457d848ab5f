package org.noports.benchmarks.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time that a process has taken: steadier than a rate where others work too. */
public final class CpuTime {
  /** Linux counts in hundredths of a second for all programs (proc(5)). */
  private static final double MICROS_PER_TICK = 10_000;

  private static final int USER = 11;

  private CpuTime() {}

  /** What the process with that number has taken so far. */
  public static double micros(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The name, in brackets, may have spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) * MICROS_PER_TICK;
  }
}
