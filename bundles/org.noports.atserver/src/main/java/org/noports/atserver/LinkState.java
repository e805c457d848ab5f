package org.noports.atserver;

import java.time.Duration;
import java.time.Instant;

/**
 * How a connection is.
 *
 * @param up whether it is usable
 * @param since since when it is so
 * @param what one clause: to whom, or why not
 */
record LinkState(boolean up, Instant since, String what) {
  Duration age() {
    return Duration.between(since, Instant.now());
  }
}
