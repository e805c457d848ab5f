package org.noports.atserver;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a connection is.
 *
 * @param up whether it is usable
 * @param since since when it is so
 * @param what one clause: to whom, or why not
 * @param next when it is tried again; empty while it is up, or an attempt is under way
 */
record LinkState(boolean up, Instant since, String what, Optional<Instant> next) {
  static LinkState up(String to) {
    return new LinkState(true, Instant.now(), to, Optional.empty());
  }

  static LinkState down(Instant since, String why, Optional<Instant> next) {
    return new LinkState(false, since, why, next);
  }

  /** Since when not, why not, and what happens next. */
  String trouble() {
    String then =
        next.map(at -> "next attempt at " + seconds(at)).orElse("an attempt is under way");
    return "since " + seconds(since) + ": " + what + "; " + then;
  }

  /** A time as people read it. */
  static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
