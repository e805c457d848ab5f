package org.noports.client;

import java.time.Instant;
import java.util.Optional;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.session.Receipt;
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
 * @param resumable what lets it go on after it has lost its link; empty below level L2
 * @param receipt what both ends can show of it; empty below level L2
 */
record Joined(
    SessionId id,
    ClientEnd end,
    Entrances entrances,
    Level level,
    HostPort relay,
    Instant since,
    MeetDevice.Met met,
    Optional<Resumable> resumable,
    Optional<Receipt> receipt) {
  /** The same session, which goes on through another connection to a relay. */
  Joined through(HostPort next, Receipt.Agreed step) {
    return new Joined(
        id,
        end,
        entrances,
        step.suite().level(),
        next,
        since,
        met,
        resumable,
        receipt.map(before -> before.and(step)));
  }
}
