package org.noports.benchmarks.ciphers;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Counts what a thread does in the processor time that it got. */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOSECONDS = 1e9;

  private ProcessorTime() {}

  /** Something that is done again and again. */
  interface Work {
    void once() throws Exception;
  }

  /** How often a second of processor time is enough for {@code work}, seen over {@code seconds}. */
  static double rate(double seconds, int batch, Work work) throws Exception {
    long began = THREADS.getCurrentThreadCpuTime();
    long times = 0;
    double took;
    do {
      for (int i = 0; i < batch; i++) {
        work.once();
      }
      times += batch;
      took = (THREADS.getCurrentThreadCpuTime() - began) / NANOSECONDS;
    } while (took < seconds);
    return times / took;
  }
}
