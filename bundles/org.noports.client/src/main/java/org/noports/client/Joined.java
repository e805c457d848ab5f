package org.noports.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.relay.RelayChoice.Candidate;
import org.noports.api.session.Receipt;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Level;

/**
 * A session that stands: what {@link OpenTunnel} comes to.
 *
 * @param id the session
 * @param end our end of it
 * @param entrances where it is used from
 * @param level how it is protected
 * @param carrier the relay
 * @param relay the relay's port that we dial
 * @param since when it began
 * @param met the device's key
 * @param resumable what lets it go on after it has lost its link; empty below level L2
 * @param receipt what both ends can show of it; empty below level L2
 * @param choice the relays that there was a choice of when it began, best first
 * @param hostKeys what the device signed for as the SSH host keys of the target
 */
record Joined(
    SessionId id,
    ClientEnd end,
    Entrances entrances,
    Level level,
    AtSign carrier,
    HostPort relay,
    Instant since,
    MeetDevice.Met met,
    Optional<Resumable> resumable,
    Optional<Receipt> receipt,
    List<Candidate> choice,
    List<SshPublicKey> hostKeys) {
  /** The receipt with all that has changed while the session ran. */
  Optional<Receipt> shown() {
    return receipt.map(agreed -> agreed.with(end.suites()));
  }

  /** The same session, which goes on through another connection to a relay. */
  Joined through(HostPort next, Receipt.Agreed step, Receipt.Signers signers) {
    return new Joined(
        id,
        end,
        entrances,
        step.suite().level(),
        step.relay(),
        next,
        since,
        met,
        resumable,
        receipt.map(before -> before.and(step).signedBy(signers)),
        choice,
        hostKeys);
  }
}
