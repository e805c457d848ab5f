package org.noports.device;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.ProtocolViolation;
import org.noports.api.Target;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.session.ClientClaims;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.protocol.session.SshRequest;

/**
 * A request for a session as it was read; nothing of it is believed yet but {@code client}, whom
 * our atServer vouches for.
 *
 * @param post where the answer goes out
 * @param device the device as configured when the request came
 * @param client who asks
 * @param envelope what the client signed
 * @param request what it asks for
 * @param target where to
 * @param offer NP2, if the client can do it
 * @param signing what the client says of signatures
 * @param claims what it says of itself: its word only
 * @param sighted where it is, as its relay will tell
 * @param kind whether it is a tunnel, or SSH as {@code ssh_request} means it
 */
record Asked(
    AtServerSession post,
    DeviceSettings device,
    AtSign client,
    SignedEnvelope envelope,
    NptRequest request,
    Target target,
    Optional<Np2Offer> offer,
    Np2Signing signing,
    ClientClaims claims,
    Sighted sighted,
    RequestKind kind) {

  static Asked read(AtServerSession post, DeviceSettings device, Notification message)
      throws ProtocolViolation {
    SignedEnvelope envelope = SignedEnvelope.parse(message.value());
    NptRequest request = NptRequest.parse(envelope.payload());
    return of(post, device, message, envelope, request, RequestKind.TUNNEL);
  }

  /** The same for {@code ssh_request}, which means the sshd at {@code sshd}. */
  static Asked readSsh(
      AtServerSession post, DeviceSettings device, Notification message, HostPort sshd)
      throws ProtocolViolation {
    SignedEnvelope envelope = SignedEnvelope.parse(message.value());
    NptRequest request = SshRequest.parse(envelope.payload(), sshd);
    return of(post, device, message, envelope, request, RequestKind.SSH);
  }

  private static Asked of(
      AtServerSession post,
      DeviceSettings device,
      Notification message,
      SignedEnvelope envelope,
      NptRequest request,
      RequestKind kind)
      throws ProtocolViolation {
    return new Asked(
        post,
        device,
        message.from(),
        envelope,
        request,
        target(request),
        // Who asks for ssh gets one connection, which NP2's sessions are not.
        kind == RequestKind.SSH ? Optional.empty() : Np2Offer.of(envelope.payload()),
        Np2Signing.of(envelope.payload()),
        ClientClaims.of(envelope.payload()),
        Sighted.of(device, request),
        kind);
  }

  private static Target target(NptRequest request) throws ProtocolViolation {
    try {
      return Target.ofWire(request.requestedHost(), request.requestedPort());
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("npt_request: " + e.getMessage(), e);
    }
  }

  /** What is known of this session, beside what is asked. */
  Circumstances around(Circumstances bare, Level level) {
    return bare.protectedBy(level).claimed(claims.zone()).seen(sighted.observed());
  }

  /** The question of a session of that level, which {@code now} is asked. */
  AccessRequest question(DeviceSettings now, Level level) {
    AccessRequest bare = now.asks(client, kind, Optional.of(target));
    return new AccessRequest(
        client,
        device.address(),
        bare.deviceGroup(),
        bare.kind(),
        bare.target(),
        around(bare.circumstances(), level));
  }
}
