package org.noports.atserver.host.line;

import java.time.Duration;

/**
 * How full an atSign's connections are, and how long one may then be silent: as long as ever up to
 * half of the places, and down to a least time in proportion as the rest is taken
 * (docs/protocol/atprotocol.md 2.4).
 *
 * @param present connections open now
 * @param most places
 */
record Crowd(int present, int most) {
  /** Whether anybody has to make room sooner than otherwise. */
  boolean presses() {
    return present > most / 2;
  }

  boolean full() {
    return present >= most;
  }

  /** The silence allowed between {@code least}, with all places taken, and {@code usual}. */
  Duration silence(Duration least, Duration usual) {
    if (!presses() || usual.compareTo(least) <= 0) {
      return usual;
    }
    int low = most / 2;
    double pressure = Math.min(1, (present - low) / (double) (most - low));
    return least.plusMillis(Math.round(usual.minus(least).toMillis() * (1 - pressure)));
  }
}
