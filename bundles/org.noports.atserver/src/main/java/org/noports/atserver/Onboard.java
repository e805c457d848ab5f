package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.AtServerUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.FirstKeys;
import org.noports.api.identity.Identity;
import org.noports.api.identity.KeyEnrollment;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.Cram;
import org.noports.protocol.verb.Delete;
import org.noports.protocol.verb.Enroll;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Update;

/**
 * The story of an atSign's first keys (docs/protocol/atprotocol.md 5): show the first secret, give
 * the public keys, write the key file, prove that it works, publish, forget the secret. The secret
 * is forgotten last, so that whatever was interrupted can be done again.
 */
final class Onboard {
  private static final String SECRET = "privatekey:at_secret";
  private static final String LEGACY_KEY = "privatekey:at_pkam_publickey";

  private final Counter counter;
  private final KeyEnrollment keys;

  Onboard(Counter counter, KeyEnrollment keys) {
    this.counter = requireNonNull(counter, "counter is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  CompletableFuture<Identity> onboard(Secret cramSecret, Path file) {
    if (Files.exists(file)) {
      // An earlier call came as far as that, or these keys are another's: the atServer knows.
      return counter.authenticated(over -> conclude(over, Optional.empty()));
    }
    Secret secret = Secret.owning(cramSecret.exposeSecretBytes());
    return counter
        .unauthenticated(
            over ->
                cram(over, secret)
                    .thenCompose(
                        in ->
                            counter
                                .work(() -> keys.cutFirst(counter.self()))
                                .thenCompose(fresh -> introduce(over, fresh, file))))
        .whenComplete((filed, failure) -> secret.close())
        .thenCompose(filed -> counter.authenticated(over -> conclude(over, Optional.of(filed))));
  }

  private CompletableFuture<Void> cram(AtServerConnection over, Secret secret) {
    return counter
        .challenge(over)
        .thenCompose(challenge -> counter.ask(over, new Cram(digest(secret, challenge))))
        .thenAccept(
            answer -> {
              if (answer instanceof Response.Failure failure) {
                throw new CompletionException(refused(over, failure));
              }
            });
  }

  private IdentityUnusable refused(AtServerConnection over, Response.Failure failure) {
    return new IdentityUnusable(
        "The "
            + over.peer()
            + " refused the first secret of "
            + counter.self()
            + " ("
            + Refusals.quoted(failure)
            + "): it is another one, or it was used already; then use the keys that were made then");
  }

  private static String digest(Secret secret, String challenge) {
    byte[] bytes = secret.exposeSecretBytes();
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      sha512.update(bytes);
      return HexFormat.of().formatHex(sha512.digest(challenge.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-512", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private CompletableFuture<Identity> introduce(
      AtServerConnection over, FirstKeys fresh, Path file) {
    return counter
        .ask(over, Enroll.of(Enroll.Operation.REQUEST, firstRequest(fresh)))
        .thenCompose(answer -> enrolled(over, fresh, answer))
        .thenCompose(id -> counter.work(() -> fresh.file(id, file)))
        .whenComplete((identity, failure) -> fresh.close());
  }

  private static EnrollParams firstRequest(FirstKeys fresh) {
    ConveyedKeys conveyed = fresh.conveyed();
    return ConveyedFields.into(
        EnrollParams.NONE
            .with(EnrollField.APP_NAME, "firstApp")
            .with(EnrollField.DEVICE_NAME, "firstDevice")
            .with(EnrollField.APKAM_PUBLIC_KEY, fresh.authenticationPublicKey()),
        conveyed);
  }

  /** The enrollment's id; empty from an atServer that knows no enrollments. */
  private CompletableFuture<Optional<String>> enrolled(
      AtServerConnection over, FirstKeys fresh, Response answer) {
    if (answer instanceof Response.Data data) {
      return CompletableFuture.completedFuture(Optional.of(id(data.text())));
    }
    Response.Failure failure = (Response.Failure) answer;
    if (!knowsNoEnrollments(failure)) {
      throw new CompletionException(
          counter.refusal(over, failure, "enroll the first keys of " + counter.self()));
    }
    AtServerLog.onboardingWithoutEnrollment(counter.self(), Refusals.quoted(failure));
    return counter
        .data(
            over,
            new Update(key(LEGACY_KEY), MetadataChange.NONE, fresh.authenticationPublicKey()),
            "store the authentication key of " + counter.self())
        .thenApply(commit -> Optional.empty());
  }

  private static boolean knowsNoEnrollments(Response.Failure failure) {
    return failure.known().equals(Optional.of(ErrorCode.INVALID_SYNTAX))
        || failure.text().contains("not supported");
  }

  private static String id(String text) {
    try {
      return JsonObject.parse("enroll", text).requireText(EnrollField.ENROLLMENT_ID.json());
    } catch (ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }

  private CompletableFuture<Identity> conclude(AtServerConnection over, Optional<Identity> filed) {
    return counter
        .work(() -> filed.isPresent() ? filed.get() : counter.ownIdentity())
        .thenCompose(
            identity ->
                counter
                    .data(
                        over,
                        new Update(
                            AtKey.publicKey("publickey", counter.self()),
                            MetadataChange.NONE,
                            identity.encryptionPublicKey()),
                        "publish the encryption key of " + counter.self())
                    .thenCompose(
                        commit ->
                            counter.data(
                                over, new Delete(key(SECRET), false), "forget the first secret"))
                    .thenApply(
                        commit -> {
                          AtServerLog.onboarded(counter.self(), identity.enrollmentId());
                          return identity;
                        }))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(unfinished(failure)));
  }

  private AtServerUnavailable unfinished(Throwable failure) {
    Throwable cause = Failures.unwrapped(failure);
    return new AtServerUnavailable(
        "The keys of "
            + counter.self()
            + " are written and its atServer takes them, but the last step failed: "
            + cause.getMessage()
            + "; onboard again to end it",
        cause);
  }

  private static AtKey key(String name) {
    try {
      return AtKey.parse(name);
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("A reserved name is a name", e);
    }
  }
}
