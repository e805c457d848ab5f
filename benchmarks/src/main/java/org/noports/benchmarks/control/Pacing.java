package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.benchmarks.wire.Driver;

/** A thousand a second, one at a time: how long each is under way. */
final class Pacing {
  private static final int COUNT = 2000;
  private static final int WARM_UP = 200;
  private static final int LIMIT_SECONDS = 30;

  private final PubSub pubSub;
  private final long[] nanos = new long[COUNT];
  private final CompletableFuture<Double> result = new CompletableFuture<>();
  private Future<?> clock;
  private int sent;
  private int arrived;

  private Pacing(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  /** The 99th percentile in microseconds. */
  static double p99Micros(Driver driver, PubSub pubSub) throws Exception {
    Pacing run = new Pacing(pubSub);
    driver.loop().execute(() -> run.begin(driver));
    try {
      return run.result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      pubSub.check();
      throw new IllegalStateException(
          run.arrived + " of " + run.sent + " have arrived; " + pubSub, e);
    }
  }

  private void begin(Driver driver) {
    pubSub.hear(this::heard);
    clock = driver.loop().scheduleAtFixedRate(this::send, 1, 1, TimeUnit.MILLISECONDS);
  }

  private void send() {
    if (sent++ == COUNT) {
      clock.cancel(false);
      return;
    }
    ByteBuf one = pubSub.publisher().buffer();
    pubSub.encode(one, Payload.stamped(System.nanoTime()));
    pubSub.publisher().send(one);
  }

  private void heard(ByteBuf piece) {
    nanos[arrived++] = System.nanoTime() - Payload.stamp(piece);
    if (arrived == COUNT) {
      long[] sorted = Arrays.copyOfRange(nanos, WARM_UP, COUNT);
      Arrays.sort(sorted);
      result.complete(sorted[sorted.length * 99 / 100] / 1e3);
    }
  }
}
