package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.benchmarks.wire.Driver;

/** As many as go: a thousand publications are always under way, fifty are sent in one go. */
final class Saturation {
  private static final int WINDOW = 1000;
  private static final int BATCH = 50;
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long MEASURE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final int LIMIT_SECONDS = 30;

  private final PubSub pubSub;
  private final byte[] payload = Payload.stamped(0);
  private final CompletableFuture<Double> result = new CompletableFuture<>();
  private long sent;
  private long arrived;
  private long atSettled;
  private long settled;
  private long over;
  private double rate;

  private Saturation(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  /**
   * What one run has shown.
   *
   * @param perSecond publications that arrived in a second
   * @param cpuMicros of the broker for each
   */
  record Result(double perSecond, double cpuMicros) {}

  /** Runs once against the broker that is process {@code pid}. */
  static Result run(Driver driver, PubSub pubSub, long pid) throws Exception {
    double before = CpuTime.micros(pid);
    Saturation run = new Saturation(pubSub);
    driver.loop().execute(run::begin);
    try {
      double rate = run.result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return new Result(rate, (CpuTime.micros(pid) - before) / run.arrived);
    } catch (TimeoutException e) {
      pubSub.check();
      throw new IllegalStateException(
          run.arrived + " of " + run.sent + " have arrived; " + pubSub, e);
    }
  }

  private void begin() {
    long now = System.nanoTime();
    settled = now + SETTLE_NANOS;
    over = settled + MEASURE_NANOS;
    pubSub.hear(this::heard);
    while (sent < WINDOW) {
      send();
    }
  }

  private void send() {
    ByteBuf batch = pubSub.publisher().buffer();
    for (int i = 0; i < BATCH; i++) {
      pubSub.encode(batch, payload);
    }
    sent += BATCH;
    pubSub.publisher().send(batch);
  }

  private void heard(ByteBuf piece) {
    arrived++;
    if (arrived % BATCH != 0) {
      return;
    }
    long now = System.nanoTime();
    if (now < settled) {
      atSettled = arrived;
    } else if (now > over && rate == 0) {
      rate = (arrived - atSettled) / ((now - settled) / 1e9);
    }
    if (rate == 0) {
      send();
    } else if (arrived == sent) {
      finish();
    }
  }

  private void finish() {
    try {
      pubSub.check();
      result.complete(rate);
    } catch (IllegalStateException refused) {
      result.completeExceptionally(refused);
    }
  }
}
