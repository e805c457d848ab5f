package org.noports.client;

import java.time.Instant;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Level;

/**
 * A session that stands: what {@link OpenTunnel} comes to.
 *
 * @param id the session
 * @param end our end of it
 * @param entrances where it is used from
 * @param level how it is protected
 * @param relay the relay's port that we dial
 * @param since when it began
 * @param met the device's key
 */
record Joined(
    SessionId id,
    ClientEnd end,
    Entrances entrances,
    Level level,
    HostPort relay,
    Instant since,
    MeetDevice.Met met) {}
