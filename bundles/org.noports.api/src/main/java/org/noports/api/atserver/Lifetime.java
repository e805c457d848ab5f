package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a stored value lives and how its readers may cache it (atprotocol.md 8: ttl, ttr, ccd).
 *
 * @param ttl time until it expires; empty for never
 * @param ttrSeconds how long readers' atServers may cache it: seconds, -1 for ever, empty for not
 * @param cascadeDelete whether deleting it deletes the readers' cached copies
 */
public record Lifetime(
    Optional<Duration> ttl, Optional<Integer> ttrSeconds, boolean cascadeDelete) {
  /** Kept until deleted, not cached by readers. */
  public static final Lifetime KEPT = new Lifetime(Optional.empty(), Optional.empty(), false);

  public Lifetime {
    requireNonNull(ttl, "ttl is null");
    requireNonNull(ttrSeconds, "ttrSeconds is null");
  }

  /** Gone after {@code ttl}, not cached by readers. */
  public static Lifetime of(Duration ttl) {
    return new Lifetime(Optional.of(ttl), Optional.empty(), false);
  }
}
