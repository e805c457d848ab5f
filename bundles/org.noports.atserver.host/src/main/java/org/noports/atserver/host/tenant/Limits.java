package org.noports.atserver.host.tenant;

import java.time.Duration;
import java.util.Optional;

/**
 * What one peer can take of the process, and how long it is waited for (docs/protocol/atprotocol.md
 * 10).
 *
 * @param quota what its data and its guests' commands can take
 * @param inbound connections to one atSign
 * @param commandBytes bytes of one command
 * @param strangerIdle silence allowed before authentication
 * @param ownerIdle silence allowed after it
 * @param crowdedStrangerIdle silence allowed before authentication when all places are taken
 * @param crowdedOwnerIdle silence allowed after it when all places are taken
 * @param peerIdle how long a connection to another atServer is kept
 * @param peerTimeout how long another atServer may take to answer
 * @param notificationExpiry for notifications that name none
 * @param enrollment what strangers can take by asking for enrollments
 * @param autoNotify whether shared values are announced to their receivers
 * @param copyRefresh how often stale copies of others' values are fetched anew
 * @param statsInterval how often monitors are told of the last commit; empty for never
 */
public record Limits(
    Quota quota,
    int inbound,
    int commandBytes,
    Duration strangerIdle,
    Duration ownerIdle,
    Duration crowdedStrangerIdle,
    Duration crowdedOwnerIdle,
    Duration peerIdle,
    Duration peerTimeout,
    Duration notificationExpiry,
    EnrollmentLimits enrollment,
    boolean autoNotify,
    Duration copyRefresh,
    Optional<Duration> statsInterval) {}
