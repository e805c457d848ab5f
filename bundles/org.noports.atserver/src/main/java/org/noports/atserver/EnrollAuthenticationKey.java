package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Identity;
import org.noports.api.identity.PendingAuthentication;
import org.noports.api.identity.PostQuantumKeys;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.verb.Enroll;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Response;

/**
 * The story of an enrollment that authenticates by ML-DSA-65 from now on (docs/protocol/
 * atprotocol.md 3.6, update): its key is kept, introduced, tried, and then used. Whatever ends it
 * early, either the old key or the one that is kept opens the next connection, and a second call
 * finds out which.
 */
final class EnrollAuthenticationKey {
  private final Counter counter;
  private final PostQuantumKeys keys;

  EnrollAuthenticationKey(Counter counter, PostQuantumKeys keys) {
    this.counter = requireNonNull(counter, "counter is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  CompletableFuture<Identity> enroll() {
    return counter
        .work(() -> keys.pendingAuthentication(counter.self()))
        .thenCompose(
            pending ->
                knownBefore(pending)
                    .thenCompose(
                        known ->
                            known
                                ? CompletableFuture.completedFuture(true)
                                : introduce(pending).thenCompose(done -> isTaken(pending)))
                    .thenCompose(taken -> use(pending, taken)));
  }

  /** Not asked of a fresh key: a failed attempt to authenticate alarms whoever reads the log. */
  private CompletableFuture<Boolean> knownBefore(PendingAuthentication pending) {
    return pending.resumed() ? isTaken(pending) : CompletableFuture.completedFuture(false);
  }

  private CompletableFuture<Boolean> isTaken(PendingAuthentication pending) {
    SigningKey key = pending.key();
    return counter.unauthenticated(
        over ->
            counter
                .prove(over, Optional.of(pending.enrollmentId()), key.algorithm(), key::sign)
                .thenApply(answer -> taken(over, answer)));
  }

  private boolean taken(AtServerConnection over, Response answer) {
    if (answer instanceof Response.Failure failure) {
      if (failure.known().equals(Optional.of(ErrorCode.UNAUTHENTICATED))) {
        return false;
      }
      throw new CompletionException(counter.refusal(over, failure, "try the new key"));
    }
    return true;
  }

  private CompletableFuture<String> introduce(PendingAuthentication pending) {
    return counter
        .work(() -> params(pending))
        .thenCompose(
            params ->
                counter.authenticated(
                    over ->
                        counter.data(
                            over,
                            Enroll.of(Enroll.Operation.UPDATE, params),
                            "change the key of enrollment " + pending.enrollmentId())));
  }

  private EnrollParams params(PendingAuthentication pending) throws IdentityUnusable {
    SigningKey key = pending.key();
    String shown = pending.enrollmentId() + "|" + key.publicKey() + "|" + key.algorithm();
    byte[] proof = key.sign(shown.getBytes(StandardCharsets.UTF_8));
    EnrollParams params =
        EnrollParams.NONE
            .with(EnrollField.APKAM_PUBLIC_KEY, key.publicKey())
            .with(EnrollField.SIGNING_ALGO, key.algorithm())
            .with(EnrollField.APKAM_SIGNATURE, Base64.getEncoder().encodeToString(proof));
    Identity identity = counter.ownIdentity();
    // Relays and devices go on to verify by RSA; a list of keys is published by the session.
    return identity.answersChallenges()
        ? params.with(EnrollField.APSK_LEGACY, identity.authenticationPublicKey())
        : params;
  }

  private CompletableFuture<Identity> use(PendingAuthentication pending, boolean taken) {
    return taken
        ? counter.work(pending::use)
        : CompletableFuture.failedFuture(
            new IdentityUnusable(
                "The atServer of "
                    + counter.self()
                    + " has taken the new key of enrollment "
                    + pending.enrollmentId()
                    + " and does not admit who has it: both keys are kept in the key file; try"
                    + " again, and have the enrollment replaced if it stays so"));
  }
}
