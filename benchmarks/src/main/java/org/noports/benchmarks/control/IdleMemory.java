package org.noports.benchmarks.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.benchmarks.wire.Wire;
import org.noports.testkit.process.Shell;

/** How much heap a process needs for each connection that says nothing. */
final class IdleMemory {
  private static final int AT_ONCE = 32;
  private static final int LIMIT_SECONDS = 180;
  private static final Pattern TOTAL = Pattern.compile("Total +[0-9]+ +([0-9]+)");

  private IdleMemory() {}

  /** Bytes of living objects for each of {@code count} connections; they are closed then. */
  static double perConnection(long pid, int count, Supplier<CompletableFuture<Wire>> open)
      throws Exception {
    List<Wire> wires = new ArrayList<>(open(AT_ONCE, open));
    long before = living(pid);
    List<Wire> idle = open(count, open);
    long closed = idle.stream().filter(wire -> !wire.isOpen()).count();
    double each = (living(pid) - before) / (double) count;
    wires.addAll(idle);
    wires.forEach(Wire::close);
    if (closed > 0) {
      throw new IllegalStateException(closed + " of " + count + " connections did not stay");
    }
    return each;
  }

  private static List<Wire> open(int count, Supplier<CompletableFuture<Wire>> open)
      throws Exception {
    Semaphore places = new Semaphore(AT_ONCE);
    List<CompletableFuture<Wire>> opening = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.acquire();
      CompletableFuture<Wire> one = open.get();
      one.whenComplete((wire, failure) -> places.release());
      opening.add(one);
    }
    List<Wire> wires = new ArrayList<>();
    for (CompletableFuture<Wire> one : opening) {
      wires.add(one.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    return wires;
  }

  /** Collects garbage first. */
  private static long living(long pid) {
    String histogram = Shell.run("jcmd", "" + pid, "GC.class_histogram").orFail().out();
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("jcmd said no total");
    }
    return Long.parseLong(total.group(1));
  }
}
