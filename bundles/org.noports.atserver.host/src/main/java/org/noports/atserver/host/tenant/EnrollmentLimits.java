package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What strangers can take by asking for enrollments (docs/protocol/atprotocol.md 3.6, 3.7).
 *
 * @param perHour requests of one connection in an hour
 * @param pendingLife how long a request waits to be approved
 * @param passcodeLife how long a code is good, if nothing is said
 * @param firstDelay how long the answer to a first wrong code takes; more follow more slowly
 */
public record EnrollmentLimits(
    int perHour, Duration pendingLife, Duration passcodeLife, Duration firstDelay) {
  public EnrollmentLimits {
    requireNonNull(pendingLife, "pendingLife is null");
    requireNonNull(passcodeLife, "passcodeLife is null");
    requireNonNull(firstDelay, "firstDelay is null");
  }
}
