package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.atserver.host.tenant.Quota;

/**
 * How far a command that is under way may grow: little from a stranger, as much as a command may
 * have from others, and all that are under way to one atSign together within a bound.
 */
final class Growth {
  /** What everybody may send at any time. */
  private static final int SMALL = 64 * 1024;

  private final AtomicLong all;
  private int mine;

  Growth(AtomicLong all) {
    this.all = requireNonNull(all, "all is null");
  }

  /** On the connection's loop. */
  Optional<String> objection(int bytes, boolean stranger, int longest, Quota quota) {
    int most = stranger ? Math.min(longest, quota.strangerBytes()) : longest;
    if (bytes > most) {
      return Optional.of("the line is longer than " + most + " bytes");
    }
    if (bytes <= SMALL && mine == 0) {
      return Optional.empty();
    }
    long together = all.addAndGet(bytes - mine);
    mine = bytes;
    return bytes > SMALL && together > quota.underWayBytes()
        ? Optional.of("the commands under way to this atSign are too long together; try again")
        : Optional.empty();
  }

  /** The command is complete, or given up. */
  void done() {
    all.addAndGet(-mine);
    mine = 0;
  }
}
