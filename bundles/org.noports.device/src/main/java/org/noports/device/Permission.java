package org.noports.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.noports.api.policy.Decision;

/**
 * What a session runs by: the last permit that it got, and until when. A clock that is set forward
 * or back only makes that the policy is asked again.
 */
final class Permission {
  /** How long rules may be silent or fail before what they permitted is taken as withdrawn. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long began = System.nanoTime();
  private final boolean recorded;
  private Decision.Permit permit;
  private Instant asked;
  private Optional<Instant> until;
  private int generation;
  private Optional<Long> silentSince = Optional.empty();
  private Optional<Duration> streams = Optional.empty();
  private boolean unsettled;
  private int renewals;

  /**
   * @param generation of the rules that were asked
   */
  Permission(Decision.Permit permit, Instant asked, int generation) {
    this.permit = permit;
    this.recorded = permit.obligations().record();
    this.asked = asked;
    this.until = permit.until();
    this.generation = generation;
  }

  /** Whether it has been recorded from its beginning on, as far as it has to be. */
  boolean beganRecorded() {
    return recorded;
  }

  synchronized Decision.Permit permit() {
    return permit;
  }

  synchronized void renew(Decision.Permit again, Instant now, int by) {
    permit = again;
    asked = now;
    until = again.until();
    generation = by;
    silentSince = Optional.empty();
    streams = Optional.empty();
    unsettled = false;
    renewals++;
  }

  /** How often it was renewed: whatever it admitted before is asked for again then. */
  synchronized int renewals() {
    return renewals;
  }

  /** A stream of the session is permitted by that, and the session asked for when its time is. */
  synchronized void alsoBy(Decision.Permit stream) {
    noLongerThan(stream.until());
    streams =
        Stream.of(streams, stream.obligations().maxSession())
            .flatMap(Optional::stream)
            .min(Duration::compareTo);
  }

  /** Nobody could say whether a stream may stay: it is asked for again. */
  synchronized void unsettled() {
    unsettled = true;
  }

  private void noLongerThan(Optional<Instant> other) {
    if (other.isPresent() && (until.isEmpty() || other.get().isBefore(until.get()))) {
      until = other;
    }
  }

  /** Whether it has to be asked for again. */
  synchronized boolean isDue(Instant now, int rules) {
    return generation != rules
        || silentSince.isPresent()
        || unsettled
        || streams.filter(this::hasLasted).isPresent()
        || until.filter(end -> !now.isBefore(end) || now.isBefore(asked)).isPresent();
  }

  /** Whether the time is over that it was given for. */
  synchronized boolean isOver(Instant now) {
    return until.filter(end -> !now.isBefore(end)).isPresent();
  }

  /** Whether the session has lasted as long as it may. */
  synchronized boolean isUsedUp() {
    return isUsedUpBy(permit);
  }

  /** Whether it has lasted as long as {@code other} lets sessions last. */
  boolean isUsedUpBy(Decision.Permit other) {
    return other.obligations().maxSession().filter(this::hasLasted).isPresent();
  }

  private boolean hasLasted(Duration most) {
    return System.nanoTime() - began >= most.toNanos();
  }

  /** Nobody could say; true if that has lasted for too long. */
  synchronized boolean silent() {
    long now = System.nanoTime();
    long since = silentSince.orElse(now);
    silentSince = Optional.of(since);
    return now - since >= PATIENCE_NANOS;
  }
}
