package org.noports.device;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.Target;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.RequestKind;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.SignedEnvelope;

/**
 * A request for a tunnel as it was read; nothing of it is believed yet but {@code client}, whom our
 * atServer vouches for.
 *
 * @param post where the answer goes out
 * @param device the device as configured when the request came
 * @param client who asks
 * @param envelope what the client signed
 * @param request what it asks for
 * @param target where to
 * @param offer NP2, if the client can do it
 * @param signing what the client says of signatures
 */
record Asked(
    AtServerSession post,
    DeviceSettings device,
    AtSign client,
    SignedEnvelope envelope,
    NptRequest request,
    Target target,
    Optional<Np2Offer> offer,
    Np2Signing signing) {

  static Asked read(AtServerSession post, DeviceSettings device, Notification message)
      throws ProtocolViolation {
    SignedEnvelope envelope = SignedEnvelope.parse(message.value());
    NptRequest request = NptRequest.parse(envelope.payload());
    return new Asked(
        post,
        device,
        message.from(),
        envelope,
        request,
        target(request),
        Np2Offer.of(envelope.payload()),
        Np2Signing.of(envelope.payload()));
  }

  private static Target target(NptRequest request) throws ProtocolViolation {
    try {
      return Target.ofWire(request.requestedHost(), request.requestedPort());
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("npt_request: " + e.getMessage(), e);
    }
  }

  AccessRequest question() {
    return new AccessRequest(
        client, device.address(), device.group(), RequestKind.TUNNEL, Optional.of(target));
  }
}
