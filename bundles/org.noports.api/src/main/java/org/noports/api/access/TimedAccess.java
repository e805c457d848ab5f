package org.noports.api.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A request for access and what has become of it.
 *
 * @param wish what is wanted
 * @param asked when it came, by the device's clock
 * @param granted the time that was granted; empty while it waits for that
 */
public record TimedAccess(AccessWish wish, Instant asked, Optional<Span> granted) {
  public TimedAccess {
    requireNonNull(wish, "wish is null");
    requireNonNull(asked, "asked is null");
    requireNonNull(granted, "granted is null");
  }

  /**
   * From a moment to another, which does not belong to it.
   *
   * @param from the first moment
   * @param until the first one that is too late
   */
  public record Span(Instant from, Instant until) {
    public Span {
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("Nothing lies between " + from + " and " + until);
      }
    }

    /** Whether {@code moment} belongs to it. */
    public boolean has(Instant moment) {
      return !moment.isBefore(from) && moment.isBefore(until);
    }
  }

  /** The rule that a permit by it names. */
  public String rule() {
    return "access-" + wish.id();
  }
}
