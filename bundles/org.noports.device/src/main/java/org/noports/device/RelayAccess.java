package org.noports.device;

import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.ProtocolViolation;
import org.noports.api.RelayUnavailable;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelaySide;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.RelayLeg;
import org.noports.protocol.relay.RelayLine;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;

/**
 * The device's way to the relay of one session, with what it shows there: the signed line or the
 * answer to a challenge, as the client asked (docs/protocol/noports.md 4.1 and 4.2).
 *
 * @param neighbours has the transport that is present at each dial
 * @param transport its name
 * @param relay the relay's port for the device
 * @param credential what is shown
 * @param links what each connection has to pass, if the relay tells of it
 * @param relayKey the key that client, device and relay share, if there is one
 */
record RelayAccess(
    Neighbours neighbours,
    String transport,
    HostPort relay,
    RelayCredential credential,
    AdmitLink.Links links,
    Optional<Secret> relayKey)
    implements RelayLeg, AutoCloseable {

  static RelayAccess of(Neighbours neighbours, Identity self, AdmitLink.Links links)
      throws ProtocolViolation {
    Asked asked = links.asked();
    NptRequest request = asked.request();
    String transport = asked.device().relayTransport();
    HostPort relay = address(request);
    if (request.relayAuthMode() == RelayAuthMode.PAYLOAD) {
      return new RelayAccess(
          neighbours, transport, relay, signedLine(self, request), links, Optional.empty());
    }
    Secret key = relayKey(request);
    RelayCredential credential =
        new RelayCredential.ChallengeResponse(
            request.sessionId(), RelaySide.DEVICE, key, self, signingKeyUri(self).toString());
    return new RelayAccess(neighbours, transport, relay, credential, links, Optional.of(key));
  }

  /** Where everybody finds the key that {@code self} answers challenges with. */
  static SigningKeyUri signingKeyUri(Identity self) {
    return SigningKeyUri.of(self.enrollmentId(), self.atSign());
  }

  private static RelayCredential signedLine(Identity self, NptRequest request) {
    RelayLine line = new RelayLine(request.sessionId(), request.clientNonce(), request.rvdNonce());
    return new RelayCredential.SignedLine(line.sign(self::signAsEncryption));
  }

  private static HostPort address(NptRequest request) throws ProtocolViolation {
    try {
      return new HostPort(request.rvdHost(), request.rvdPort());
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("npt_request: rvdHost, rvdPort: " + e.getMessage(), e);
    }
  }

  private static Secret relayKey(NptRequest request) throws ProtocolViolation {
    String text =
        request
            .relayAuthAesKey()
            .orElseThrow(() -> new ProtocolViolation("npt_request: relayAuthAesKey is missing"));
    try {
      return Secret.owning(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      // The cause would quote a part of the key.
      throw new ProtocolViolation("npt_request: relayAuthAesKey is not base64");
    }
  }

  @Override
  public CompletionStage<ByteStream> dial() {
    try {
      return neighbours.relay(transport).dial(relay, shown());
    } catch (RelayUnavailable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A question about the other side is for one connection. */
  private RelayCredential shown() {
    return credential instanceof RelayCredential.ChallengeResponse answer
        ? new RelayCredential.ChallengeResponse(
            answer.session(),
            answer.side(),
            answer.relayKey(),
            answer.signer(),
            answer.signingKeyUri(),
            links.next().map(ask -> ask))
        : credential;
  }

  /** Wipes the shared key. */
  @Override
  public void close() {
    relayKey.ifPresent(Secret::close);
  }
}
