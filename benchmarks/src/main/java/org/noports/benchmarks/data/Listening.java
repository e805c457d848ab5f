package org.noports.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Waits until somebody listens. */
final class Listening {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Listening() {}

  static void await(int port, String who) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!isOpen(port)) {
      if (System.nanoTime() > end) {
        throw new IOException(who + " does not listen");
      }
      pause(Duration.ofMillis(20));
    }
  }

  /** As the kernel's table says (proc(5)): a connection to try it would be passed on. */
  private static boolean isOpen(int port) throws IOException {
    String local = String.format(":%04X 00000000:0000 0A", port);
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/tcp"))) {
      return lines.anyMatch(line -> line.contains(local));
    }
  }

  /** Lets time pass. */
  static void pause(Duration duration) {
    try {
      new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
