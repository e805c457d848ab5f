package org.noports.client;

import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.identity.SigningKey;
import org.noports.api.tunnel.Level;
import org.noports.protocol.np2.Np2Signature;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.session.SignedEnvelope;

/**
 * What our requests are signed with beside RSA, and what they say of that (docs/protocol/np2.md
 * 11).
 */
final class Signatures {
  private Signatures() {}

  /** What an offer says. */
  static Np2Signing says(Neighbours neighbours, Attempt attempt, Agreement agreement)
      throws CipherUnavailable {
    return Np2Signing.of(
        neighbours.ciphers(),
        agreement.self().identity(),
        key(agreement),
        attempt.settings().require());
  }

  /** Five kilobytes that a device of another program could do nothing with are spared it. */
  private static Optional<SigningKey> key(Agreement agreement) {
    boolean ours =
        agreement.device().np2Nonce().isPresent()
            || agreement.met().lowest().compareTo(Level.L2) >= 0;
    return agreement.signs().filter(key -> ours);
  }

  /** The request with the signatures that it says it has. */
  static SignedEnvelope sign(
      SignedEnvelope envelope, Agreement agreement, Optional<Offered> offered) {
    boolean beside = offered.flatMap(said -> said.signing().key()).isPresent();
    return beside ? Np2Signature.add(envelope, agreement.signs().orElseThrow()) : envelope;
  }
}
