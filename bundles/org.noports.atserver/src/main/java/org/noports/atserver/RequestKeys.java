package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.AtSignNotFound;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.atserver.EnrollmentRequest;
import org.noports.api.atserver.Enrollments.Requested;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyEnrollment;
import org.noports.api.identity.PendingKeys;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.Detail;
import org.noports.protocol.verb.Enroll;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.Response;

/**
 * The story of a program that asks for keys of its own (docs/protocol/atprotocol.md 3.6, 5): looks
 * up the atSign's public key, cuts its keys, asks with a code, and waits.
 */
final class RequestKeys {
  private final Counter counter;
  private final KeyEnrollment keys;

  RequestKeys(Counter counter, KeyEnrollment keys) {
    this.counter = requireNonNull(counter, "counter is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  CompletableFuture<Requested> request(EnrollmentRequest request) {
    if (Files.exists(request.file())) {
      return CompletableFuture.failedFuture(
          new IdentityUnusable(
              "There are keys at " + request.file() + " already: a key file is never overwritten"));
    }
    Secret code = Secret.owning(request.code().exposeSecretBytes());
    return counter
        .unauthenticated(
            over ->
                encryptionKey(over)
                    .thenCompose(key -> counter.work(() -> keys.cutPending(counter.self(), key)))
                    .thenCompose(pending -> ask(over, request, pending, code)))
        .whenComplete((requested, failure) -> code.close());
  }

  private CompletableFuture<String> encryptionKey(AtServerConnection over) {
    return counter
        .ask(over, new Lookup(false, Detail.VALUE, "publickey", counter.self()))
        .thenApply(
            answer -> {
              if (answer instanceof Response.Data data && !data.text().equals("null")) {
                return data.text();
              }
              throw new CompletionException(
                  new AtSignNotFound(
                      "The "
                          + over.peer()
                          + " publishes no key of "
                          + counter.self()
                          + ": its owner has to onboard it first"));
            });
  }

  private CompletableFuture<Requested> ask(
      AtServerConnection over, EnrollmentRequest request, PendingKeys pending, Secret code) {
    return counter
        .ask(over, Enroll.of(Enroll.Operation.REQUEST, params(request, pending, code)))
        .thenApply(answer -> taken(over, request, pending, answer))
        .whenComplete(
            (requested, failure) -> {
              if (failure != null) {
                pending.close();
              }
            });
  }

  private static EnrollParams params(EnrollmentRequest request, PendingKeys pending, Secret code) {
    byte[] bytes = code.exposeSecretBytes();
    try {
      return EnrollParams.NONE
          .with(EnrollField.APP_NAME, request.app())
          .with(EnrollField.DEVICE_NAME, request.device())
          .withNamespaces(request.namespaces())
          .with(EnrollField.OTP, new String(bytes, StandardCharsets.UTF_8).strip())
          .with(EnrollField.APKAM_PUBLIC_KEY, pending.authenticationPublicKey())
          .with(EnrollField.ENCRYPTED_SYMMETRIC_KEY, pending.wrappedSymmetricKey());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private Requested taken(
      AtServerConnection over, EnrollmentRequest request, PendingKeys pending, Response answer) {
    if (answer instanceof Response.Failure failure) {
      throw new CompletionException(refused(over, failure));
    }
    try {
      String text = answer instanceof Response.Data data ? data.text() : "";
      String id = JsonObject.parse("enroll", text).requireText(EnrollField.ENROLLMENT_ID.json());
      CompletableFuture<Identity> approved =
          new AwaitApproval(counter, pending, id, request.file()).start();
      return new Requested(id, pending.fingerprint(), approved);
    } catch (ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }

  private NoPortsException refused(AtServerConnection over, Response.Failure failure) {
    boolean decided =
        failure.known().equals(Optional.of(ErrorCode.INTERNAL_EXCEPTION))
            || failure.known().equals(Optional.of(ErrorCode.UNAUTHENTICATED));
    return decided
        ? new IdentityUnusable(
            "The "
                + over.peer()
                + " took no request for keys of "
                + counter.self()
                + " ("
                + Refusals.quoted(failure)
                + "): get a fresh code with noports:otp on a machine that has its keys")
        : counter.refusal(over, failure, "take a request for keys of " + counter.self());
  }
}
