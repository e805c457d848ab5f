package org.noports.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSignNotFound;
import org.noports.api.DeviceAddress;
import org.noports.api.DowngradeDetected;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.ValueNotFound;
import org.noports.api.pins.Pin;
import org.noports.protocol.np2.Np2SignRecord;
import org.noports.protocol.np2.Np2Signature;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Verifies the ML-DSA-65 signature beside an answer's RSA signature (docs/protocol/np2.md 11), and
 * that a device which has signed so before still does; a step of {@link RequestSession}.
 */
final class VerifyBeside {
  private final Neighbours neighbours;

  VerifyBeside(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * A key that is being looked up while the device decides: the one whose name its heartbeat hints
   * at.
   *
   * @param name of the record
   * @param text the record
   */
  record Early(String name, CompletableFuture<String> text) {}

  /** Begins to look up; empty where the device will not sign so. */
  Optional<Early> begin(Attempt attempt, Agreement agreement) throws NoPortsException {
    if (agreement.device().np2Nonce().isEmpty() || !Np2Signing.verifies(neighbours.ciphers())) {
      return Optional.empty();
    }
    String enrollment =
        agreement
            .device()
            .signingKeyUri()
            .flatMap(SigningKeyUri::find)
            .map(SigningKeyUri::enrollmentId)
            .orElse(MessageNames.PRIMARY_ENROLLMENT);
    String name = MessageNames.np2Sign(enrollment);
    return Optional.of(
        new Early(
            name,
            attempt.pending(
                agreement.self().post().lookUpPublic(name, attempt.request().device().atSign()))));
  }

  /**
   * The record of {@code key}: the one that was looked up early, or the one that it is. A key that
   * is not there is the device's fault; one that cannot be looked up now is nobody's, and passes.
   */
  CompletionStage<Optional<String>> record(
      Attempt attempt, Agreement agreement, Optional<Early> early, Np2Signing said) {
    if (said.key().isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    String name = said.key().get().recordName();
    CompletionStage<String> found =
        early
            .filter(it -> it.name().equals(name))
            .<CompletionStage<String>>map(Early::text)
            .orElseGet(
                () ->
                    agreement
                        .self()
                        .post()
                        .lookUpPublic(name, attempt.request().device().atSign()));
    return found
        .thenApply(Optional::of)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    notRead(attempt.request().device(), Step.cause(failure))));
  }

  private static Throwable notRead(DeviceAddress device, Throwable cause) {
    boolean absent = cause instanceof ValueNotFound || cause instanceof AtSignNotFound;
    return absent
        ? new PeerUnverified(
            device + " signs by an ML-DSA-65 key that is not published: " + cause.getMessage(),
            cause)
        : cause;
  }

  /**
   * The key that signed the answer beside RSA; empty if none did. Whoever cannot verify it now did
   * not ask for it, and misses nothing.
   *
   * @param asked whether our request said that we can verify it
   * @throws DowngradeDetected if it says that one did, or one did before
   */
  Optional<Np2Signing.Key> verified(
      Attempt attempt,
      Agreement agreement,
      boolean asked,
      SignedEnvelope answer,
      Np2Signing said,
      Optional<String> record)
      throws NoPortsException {
    DeviceAddress device = attempt.request().device();
    if (said.key().isEmpty()) {
      if (asked && agreement.met().known().filter(Pin::signsPostQuantum).isPresent()) {
        throw missing(device, "it is known here as one that signs by ML-DSA-65, too");
      }
      return Optional.empty();
    }
    if (Np2Signature.of(answer).isEmpty()) {
      throw missing(device, "it says that it signs by ML-DSA-65, too");
    }
    Np2Signing.Key key = said.key().get();
    Np2SignRecord.verify(
        neighbours.ciphers(),
        device.atSign(),
        agreement.met().publicKey(),
        key,
        record.orElseThrow(),
        answer);
    neighbours
        .pins()
        .meet(
            device.atSign(),
            Optional.of(device.name()),
            Map.of(Pin.mlDsa65(key.signer()), key.fingerprint()));
    return said.key();
  }

  private static DowngradeDetected missing(DeviceAddress device, String why) {
    return new DowngradeDetected(
        "The answer of "
            + device
            + " has no signature by ML-DSA-65, and "
            + why
            + ": somebody between the two may have taken it away. If its key file is another one"
            + " now, noports:pins --forget "
            + device);
  }
}
