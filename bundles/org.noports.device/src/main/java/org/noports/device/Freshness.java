package org.noports.device;

import java.time.InstantSource;

/**
 * What tells a request from a copy of it: the nonces that it may bring, and the ids that were used.
 *
 * @param nonces given out by ping answers
 * @param sessions used by requests that were proven
 */
record Freshness(DeviceNonces nonces, SeenSessions sessions) {
  static Freshness by(InstantSource clock) {
    return new Freshness(new DeviceNonces(clock), new SeenSessions(clock));
  }
}
