package org.noports.device;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.policy.Observed;
import org.noports.protocol.relay.Sighting;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Whether a word on where a client is comes from the relay that carries it, and is about this
 * connection; a step of {@link AdmitLink}.
 */
final class VerifySighting {
  private final Neighbours neighbours;

  VerifySighting(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * What was seen; nothing if the relay's key cannot be looked up now. Fails with a {@link Refusal}
   * if the word is forged, a copy, or about another connection.
   */
  CompletionStage<Observed> verified(Asked asked, String word, String nonce) {
    AtSign relay = asked.request().relayAtSign().orElseThrow();
    SignedEnvelope envelope;
    Sighting seen;
    try {
      envelope = SignedEnvelope.parse(word);
      seen = Sighting.of(envelope);
    } catch (ProtocolViolation e) {
      return CompletableFuture.failedFuture(forged(relay, e.getMessage()));
    }
    Sighting expected =
        new Sighting(relay, asked.request().sessionId(), asked.client(), nonce, seen.address());
    if (!seen.equals(expected)) {
      return CompletableFuture.failedFuture(forged(relay, "it is about another connection"));
    }
    return asked
        .post()
        .publicKeyOf(relay)
        .handle(
            (key, failure) -> {
              if (failure != null) {
                DeviceLog.unverifiable(asked, Step.cause(failure));
                return Observed.NOTHING;
              }
              requireSigned(relay, envelope, key);
              return new Observed(false, seen.address(), Optional.empty());
            });
  }

  private void requireSigned(AtSign relay, SignedEnvelope envelope, String key) {
    try {
      boolean genuine =
          neighbours
              .ciphers()
              .signature(SignatureAlgorithm.RSA_2048_SHA_256)
              .verifies(key, envelope.signedBytes(), envelope.signatureBytes());
      if (!genuine) {
        throw new CompletionException(
            forged(relay, "it is not signed by the key that the relay's atSign publishes"));
      }
    } catch (CipherUnavailable e) {
      throw new CompletionException(e);
    }
  }

  private static Refusal forged(AtSign relay, String why) {
    return Refusal.notOpened(
        "what was said in the name of "
            + relay
            + " on where the client is cannot be believed: "
            + why);
  }
}
