package org.noports.client;

import java.util.Optional;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.SignedEnvelope;

/**
 * A request that the device has answered with a yes that it signed.
 *
 * @param request the payload of the request as it was sent
 * @param offered what it offered
 * @param envelope the answer, verified
 * @param yes what it says
 * @param says what it says of signatures
 * @param signs the key that it is signed with beside RSA, verified
 */
record Answered(
    byte[] request,
    Optional<Offered> offered,
    SignedEnvelope envelope,
    SessionResponse.Connected yes,
    Np2Signing says,
    Optional<Np2Signing.Key> signs) {
  Answered {
    request = request.clone();
  }

  @Override
  public byte[] request() {
    return request.clone();
  }
}
