package org.noports.device;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Proves that the client itself said this, and says it for the first time; steps of {@link
 * AdmitSession}.
 */
final class VerifyRequest {
  private final Neighbours neighbours;
  private final SeenSessions seen = new SeenSessions();

  VerifyRequest(Neighbours neighbours) {
    this.neighbours = neighbours;
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

  Permitted signature(Claimed claimed) throws Refusal, CipherUnavailable {
    SignedEnvelope envelope = claimed.request().asked().envelope();
    boolean genuine =
        neighbours
            .ciphers()
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(claimed.publicKey(), envelope.signedBytes(), envelope.signatureBytes());
    if (!genuine) {
      throw Refusal.notVerified("the signature is not by the key that the atSign publishes");
    }
    return claimed.request();
  }

  Permitted fresh(Permitted request) throws Refusal {
    if (!seen.first(request.asked().request().sessionId())) {
      throw Refusal.replayed(request.asked().request().sessionId());
    }
    return request;
  }
}
