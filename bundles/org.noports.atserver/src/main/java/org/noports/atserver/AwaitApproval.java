package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtServerUnavailable;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.EnrollmentEnded;
import org.noports.api.ProtocolViolation;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.Identity;
import org.noports.api.identity.PendingKeys;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Keys;
import org.noports.protocol.verb.Response;

/**
 * Waits for somebody's decision: tries the new keys again and again, more and more patiently, until
 * they are taken or refused. An atServer that is away does not end the wait.
 */
final class AwaitApproval {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** Short enough for somebody who watches both sides, and hardly a load while nobody does. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Counter counter;
  private final PendingKeys keys;
  private final String id;
  private final Path file;
  private final CompletableFuture<Identity> approved = new CompletableFuture<>();
  private Duration pause = FIRST_PAUSE;

  /** Says that nobody has decided yet. */
  private static final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undecided() {
      super(null, null, false, false);
    }
  }

  AwaitApproval(Counter counter, PendingKeys keys, String id, Path file) {
    this.counter = requireNonNull(counter, "counter is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.id = requireNonNull(id, "id is null");
    this.file = requireNonNull(file, "file is null");
  }

  CompletableFuture<Identity> start() {
    approved.whenComplete((identity, failure) -> keys.close());
    later();
    return approved;
  }

  private void later() {
    long full = pause.toMillis();
    long millis = ThreadLocalRandom.current().nextLong(full / 2, full + 1);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    counter.loop().schedule(this::attempt, millis, TimeUnit.MILLISECONDS);
  }

  private void attempt() {
    if (approved.isDone()) {
      return;
    }
    counter
        .unauthenticated(
            over ->
                counter
                    .prove(over, Optional.of(id), keys::signAsAuthentication)
                    .thenCompose(answer -> decided(over, answer)))
        .whenComplete(
            (identity, failure) -> {
              if (failure == null) {
                approved.complete(identity);
              } else if (worthWaiting(Failures.unwrapped(failure))) {
                later();
              } else {
                approved.completeExceptionally(Failures.of("atServer", failure));
              }
            });
  }

  private static boolean worthWaiting(Throwable failure) {
    return failure instanceof Undecided
        || failure instanceof AtServerUnavailable
        || failure instanceof DirectoryUnavailable;
  }

  private CompletableFuture<Identity> decided(AtServerConnection over, Response answer) {
    if (answer instanceof Response.Failure failure) {
      if (failure.known().equals(Optional.of(ErrorCode.ENROLLMENT_PENDING))) {
        throw new Undecided();
      }
      throw new CompletionException(ended(failure));
    }
    return fetch(over, "default_enc_private_key")
        .thenCombine(fetch(over, "default_self_enc_key"), ConveyedKeys::new)
        .thenCompose(conveyed -> counter.work(() -> keys.file(id, conveyed, file)));
  }

  private EnrollmentEnded ended(Response.Failure failure) {
    String quoted = Refusals.quoted(failure);
    return new EnrollmentEnded(
        failure.known().equals(Optional.of(ErrorCode.ENROLLMENT_DENIED))
            ? "The request for keys of " + counter.self() + " was denied (" + quoted + ")"
            : "The request for keys of "
                + counter.self()
                + " is over ("
                + quoted
                + "): ask again with a fresh code");
  }

  private CompletableFuture<ConveyedKeys.Sealed> fetch(AtServerConnection over, String name) {
    return counter
        .data(
            over,
            Keys.get(id + "." + name + ".__manage" + counter.self()),
            "fetch the keys of enrollment " + id)
        .thenApply(
            json -> {
              try {
                return ConveyedFields.kept(json);
              } catch (ProtocolViolation e) {
                throw new CompletionException(e);
              }
            });
  }
}
