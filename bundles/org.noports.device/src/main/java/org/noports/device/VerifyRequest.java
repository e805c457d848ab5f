package org.noports.device;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Proves that the client itself said this, and says it for the first time; steps of {@link
 * AdmitSession}.
 */
final class VerifyRequest {
  private final Neighbours neighbours;
  private final SeenSessions seen;
  private final VerifyBeside beside;

  VerifyRequest(Neighbours neighbours, SeenSessions seen) {
    this.neighbours = neighbours;
    this.seen = seen;
    this.beside = new VerifyBeside(neighbours);
  }

  /**
   * A request and the key that its sender publishes now.
   *
   * @param request the request
   * @param publicKey base64 X.509
   * @param others the keys that sign beside it
   */
  record Claimed(Permitted request, String publicKey, VerifyBeside.Records others) {}

  CompletionStage<Claimed> publicKey(Permitted request) {
    CompletionStage<VerifyBeside.Records> others = beside.records(request.asked());
    return request
        .asked()
        .post()
        .publicKeyOf(request.asked().client())
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    VerifyBeside.notRead(
                        request.asked().client(),
                        "its key is not published: ",
                        Step.cause(failure))))
        .thenCombine(others, (key, records) -> new Claimed(request, key, records));
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
    Optional<Np2Signing.Key> signs =
        beside.verified(claimed.request().asked(), claimed.publicKey(), claimed.others());
    known(claimed, signs);
    return claimed.request().verified(Fingerprint.ofPublicKey(claimed.publicKey()), signs);
  }

  /** A client that was met before has the key that it had then. */
  private void known(Claimed claimed, Optional<Np2Signing.Key> signs)
      throws Refusal, CipherUnavailable, IdentityUnusable {
    Asked asked = claimed.request().asked();
    if (!asked.device().pinClients()) {
      return;
    }
    Map<String, Fingerprint> keys = new TreeMap<>();
    keys.put(Pin.RSA_2048, Fingerprint.ofPublicKey(claimed.publicKey()));
    signs.ifPresent(key -> keys.put(Pin.mlDsa65(key.signer()), key.fingerprint()));
    Pin pin =
        new Pin(asked.client(), Optional.empty(), keys, Level.L0, Instant.now(), Pin.FIRST_CONTACT);
    try {
      Optional<Pin> known = neighbours.pins().meet(pin.peer(), pin.device(), pin.keys());
      // Other programs of the same atSign make no offer; ours say that they sign, or could not.
      // To a device that does no NP2 they make an offer and sign by RSA alone.
      boolean fewer =
          asked.device().doesNp2(neighbours.ciphers())
              && asked.offer().isPresent()
              && asked.signing().key().isEmpty();
      if (fewer && known.filter(Pin::signsPostQuantum).isPresent()) {
        throw Refusal.signatureMissing(asked.client());
      }
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
