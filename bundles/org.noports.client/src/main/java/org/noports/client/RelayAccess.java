package org.noports.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionId;
import org.noports.api.identity.Identity;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelaySide;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.RelayLeg;
import org.noports.protocol.relay.RelayLine;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.RelayAuthMode;

/**
 * Our way to the relay of one session (docs/protocol/noports.md 4.1 and 4.2).
 *
 * @param neighbours has the transport that is present at each dial
 * @param transport its name
 * @param relay the relay's port for us
 * @param credential what is shown there
 */
record RelayAccess(
    Neighbours neighbours, String transport, HostPort relay, RelayCredential credential)
    implements RelayLeg {

  static RelayAccess of(Neighbours neighbours, Attempt attempt, Agreement agreement) {
    return new RelayAccess(
        neighbours,
        attempt.settings().relayTransport(),
        agreement.ticket().ours(),
        credential(attempt.id(), agreement));
  }

  private static RelayCredential credential(SessionId session, Agreement agreement) {
    Identity self = agreement.self().identity();
    RelayTicket ticket = agreement.ticket();
    if (agreement.ours() == RelayAuthMode.ESCR) {
      return new RelayCredential.ChallengeResponse(
          session,
          RelaySide.CLIENT,
          ticket.key(),
          self,
          SigningKeyUri.of(self.enrollmentId(), self.atSign()).toString());
    }
    RelayLine line = new RelayLine(session, ticket.clientNonce(), ticket.reply().rvdNonce());
    return new RelayCredential.SignedLine(line.sign(self::signAsEncryption));
  }

  @Override
  public CompletionStage<ByteStream> dial() {
    try {
      return neighbours.relay(transport).dial(relay, credential);
    } catch (RelayUnavailable e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
