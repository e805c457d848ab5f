package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.protocol.verb.NotificationJson;

/**
 * Tells how long ago our atServer took a notification. A machine whose clock is wrong must not take
 * everything for old: what looks old waits until the atServer's time is known. Used on the loop
 * only.
 */
final class Ages {
  /** What looks younger is taken for it: clocks that are right differ by less. */
  private static final Duration YOUNG = Duration.ofSeconds(5);

  /** Without an answer by then nothing is said to be old: it might be our clock. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtServerTime time;
  private final HearingProbe hearing;
  private final Clock clock;
  private final ScheduledExecutorService loop;

  Ages(AtServerTime time, HearingProbe hearing, Clock clock, ScheduledExecutorService loop) {
    this.time = requireNonNull(time, "time is null");
    this.hearing = requireNonNull(hearing, "hearing is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.loop = requireNonNull(loop, "loop is null");
  }

  /** Never negative; completes on the loop and never fails. */
  CompletableFuture<Duration> of(NotificationJson pushed) {
    Instant taken = Instant.ofEpochMilli(pushed.epochMillis());
    Duration apparent = Duration.between(taken, clock.instant());
    if (time.now().isPresent() || apparent.abs().compareTo(YOUNG) <= 0) {
      return CompletableFuture.completedFuture(age(taken, apparent));
    }
    if (!hearing.now()) {
      return CompletableFuture.completedFuture(Duration.ZERO);
    }
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    time.known().thenRun(() -> waiting.complete(null));
    var alarm =
        loop.schedule(() -> waiting.complete(null), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return waiting.thenApply(
        known -> {
          alarm.cancel(false);
          return age(taken, Duration.ZERO);
        });
  }

  private Duration age(Instant taken, Duration otherwise) {
    Duration age = time.now().map(now -> Duration.between(taken, now)).orElse(otherwise);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
