package org.noports.door;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Ends an instance that a command has started, when nobody has used it for a while. */
final class IdleWatch {
  private static final int LOOKS = 4;

  /** A shorter patience, set while it runs, counts after this time at the latest. */
  private static final int SELDOM_MILLIS = 10_000;

  private final Supplier<Duration> patience;
  private final BooleanSupplier used;
  private final Runnable end;
  private final ScheduledExecutorService clock;
  private long lastUsed = System.nanoTime();

  IdleWatch(Supplier<Duration> patience, BooleanSupplier used, Runnable end) {
    this.patience = patience;
    this.used = used;
    this.end = end;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "noports-door-idle");
              thread.setDaemon(true);
              return thread;
            });
    plan();
  }

  void close() {
    clock.shutdownNow();
  }

  private void plan() {
    long next = Math.min(patience.get().toMillis() / LOOKS, SELDOM_MILLIS);
    clock.schedule(this::look, next, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (used.getAsBoolean()) {
      lastUsed = System.nanoTime();
    }
    if (System.nanoTime() - lastUsed >= patience.get().toNanos()) {
      end.run();
    } else {
      plan();
    }
  }
}
