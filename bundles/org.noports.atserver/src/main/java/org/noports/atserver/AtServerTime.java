package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * What time it is at our atServer, read from its stamp on a notification to ourselves: by it the
 * age of a notification is told even where this machine's clock is wrong. Used on the loop only,
 * but for {@link #ahead}.
 */
final class AtServerTime {
  /** Wall clock and running time differ by more only if the machine slept or its clock was set. */
  static final Duration JUMP = Duration.ofSeconds(2);

  private final Clock clock;
  private final LongSupplier nanos;
  private volatile Optional<Reading> reading = Optional.empty();
  private CompletableFuture<Void> known = new CompletableFuture<>();

  private record Reading(Instant there, Instant here, long nanos) {
    Duration ahead() {
      return Duration.between(there, here);
    }
  }

  /**
   * @param clock this machine's
   * @param nanos its running time, which no setting of the clock moves
   */
  AtServerTime(Clock clock, LongSupplier nanos) {
    this.clock = requireNonNull(clock, "clock is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
  }

  /**
   * Our atServer stamped something that we sent at {@code sentNanos} and hear back now; it did so
   * about half way.
   */
  void read(long sentNanos, long stampMillis) {
    long now = nanos.getAsLong();
    Instant there = Instant.ofEpochMilli(stampMillis).plusNanos((now - sentNanos) / 2);
    reading = Optional.of(new Reading(there, clock.instant(), now));
    known.complete(null);
  }

  /** The atServer's time; empty while it is not known, as after this machine slept. */
  Optional<Instant> now() {
    Optional<Instant> now = reading.flatMap(this::since);
    if (now.isEmpty() && known.isDone()) {
      known = new CompletableFuture<>();
    }
    return now;
  }

  private Optional<Instant> since(Reading last) {
    Duration ran = Duration.ofNanos(nanos.getAsLong() - last.nanos);
    Duration jump = Duration.between(last.here, clock.instant()).minus(ran);
    return jump.abs().compareTo(JUMP) > 0 ? Optional.empty() : Optional.of(last.there.plus(ran));
  }

  /** Completes when the atServer's time is known; completed if it is. */
  CompletableFuture<Void> known() {
    return now().isPresent() ? CompletableFuture.completedFuture(null) : known;
  }

  /** By how much this machine's clock is ahead of the atServer's, as last read. Any thread. */
  Optional<Duration> ahead() {
    return reading.map(Reading::ahead);
  }
}
