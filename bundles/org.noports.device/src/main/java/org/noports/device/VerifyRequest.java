package org.noports.device;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.PeerKeyChanged;
import org.noports.api.SessionId;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Proves that the client itself said this, and says it for the first time; steps of {@link
 * AdmitSession}.
 */
final class VerifyRequest {
  private final Neighbours neighbours;
  private final SeenSessions seen;

  VerifyRequest(Neighbours neighbours, SeenSessions seen) {
    this.neighbours = neighbours;
    this.seen = seen;
  }

  /**
   * A request and the key that its sender publishes now.
   *
   * @param request the request
   * @param publicKey base64 X.509
   */
  record Claimed(Permitted request, String publicKey) {}

  CompletionStage<Claimed> publicKey(Permitted request) {
    return request
        .asked()
        .post()
        .publicKeyOf(request.asked().client())
        .thenApply(key -> new Claimed(request, key))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    Refusal.notVerified(Step.cause(failure).getMessage())));
  }

  Permitted signature(Claimed claimed) throws Refusal, CipherUnavailable, IdentityUnusable {
    SignedEnvelope envelope = claimed.request().asked().envelope();
    boolean genuine =
        neighbours
            .ciphers()
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(claimed.publicKey(), envelope.signedBytes(), envelope.signatureBytes());
    if (!genuine) {
      throw Refusal.notVerified("the signature is not by the key that the atSign publishes");
    }
    known(claimed);
    return new Permitted(
        claimed.request().asked(),
        claimed.request().permit(),
        Optional.of(Fingerprint.ofPublicKey(claimed.publicKey())));
  }

  /** A client that was met before has the key that it had then. */
  private void known(Claimed claimed) throws Refusal, IdentityUnusable {
    Asked asked = claimed.request().asked();
    if (!asked.device().pinClients()) {
      return;
    }
    Fingerprint now = Fingerprint.ofPublicKey(claimed.publicKey());
    Pin pin =
        new Pin(
            asked.client(),
            Optional.empty(),
            Map.of(Pin.RSA_2048, now),
            Level.L0,
            Instant.now(),
            Pin.FIRST_CONTACT);
    try {
      neighbours.pins().meet(pin.peer(), pin.device(), pin.keys());
      neighbours.pins().keep(pin);
    } catch (PeerKeyChanged e) {
      throw Refusal.keyChanged(e.getMessage());
    }
  }

  Permitted fresh(Permitted request) throws Refusal {
    AtSign client = request.asked().client();
    SessionId session = request.asked().request().sessionId();
    return switch (seen.use(client, session)) {
      case FIRST -> request;
      case AGAIN -> throw Refusal.replayed(session);
      case NO_ROOM -> throw Refusal.tooOften(client);
    };
  }
}
