package org.noports.stories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.testkit.Eventually;

/** Watches a file grow, and measures how long it stood still. */
final class Growth implements AutoCloseable {
  /** Longer than two relays take to start on a machine that builds. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final int LOOK_MILLIS = 10;

  private final Path file;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private long size;
  private long grown;
  private long longest;

  Growth(Path file) {
    this.file = file;
    clock.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    long now = System.nanoTime();
    long found = size();
    if (found == size) {
      return;
    }
    if (size > 0) {
      longest = Math.max(longest, now - grown);
    }
    size = found;
    grown = now;
  }

  private long size() {
    try {
      return Files.size(file);
    } catch (IOException notYetThere) {
      return 0;
    }
  }

  /** Waits until the file is so large. */
  void await(long wanted) throws Exception {
    Eventually.holds(LIMIT, () -> size() >= wanted);
  }

  /** The longest time between two growths. */
  synchronized Duration longestPause() {
    return Duration.ofNanos(longest);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
