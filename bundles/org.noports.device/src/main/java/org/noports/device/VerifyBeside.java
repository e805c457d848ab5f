package org.noports.device;

import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.CipherUnavailable;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.protocol.np2.Np2SignRecord;
import org.noports.protocol.np2.Np2Signature;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.relay.EnrollmentSignature;
import org.noports.protocol.relay.SigningKeyRecord;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Verifies what stands beside a request's RSA signature: our own by ML-DSA-65 (docs/protocol/np2.md
 * 11), and the one of newer programs by their enrollment's key (docs/protocol/noports.md 2.5).
 */
final class VerifyBeside {
  private final Neighbours neighbours;

  VerifyBeside(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * The published keys that the request names.
   *
   * @param np2Sign the record of its ML-DSA-65 key; empty if it names none, or we cannot verify it
   * @param apsk the record of its enrollment's key; empty if it names none, or there is none
   */
  record Records(Optional<String> np2Sign, Optional<String> apsk) {}

  /** Looks up what will be needed; fails with a {@link Refusal} if a key is not published. */
  CompletionStage<Records> records(Asked asked) {
    try {
      CompletionStage<Optional<String>> np2Sign = np2Sign(asked);
      return apsk(asked).thenCombine(np2Sign, (listed, ours) -> new Records(ours, listed));
    } catch (Refusal | CipherUnavailable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Optional<String>> np2Sign(Asked asked) throws CipherUnavailable {
    Optional<Np2Signing.Key> key = asked.signing().key();
    if (key.isEmpty() || !Np2Signing.verifies(neighbours.ciphers())) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return asked
        .post()
        .lookUpPublic(key.get().recordName(), asked.client())
        .thenApply(Optional::of)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    notRead(
                        asked.client(),
                        "it names an ML-DSA-65 key that is not published: ",
                        Step.cause(failure))));
  }

  /** A key that is not there verifies nothing; of one that cannot be read now nothing is known. */
  static Refusal notRead(AtSign client, String absent, Throwable cause) {
    return cause instanceof ValueNotFound || cause instanceof AtSignNotFound
        ? Refusal.notVerified(absent + cause.getMessage())
        : Refusal.keyNotRead(client, String.valueOf(cause.getMessage()));
  }

  /** What cannot be looked up cannot be checked, and is no worse than none. */
  private CompletionStage<Optional<String>> apsk(Asked asked) throws Refusal {
    Optional<EnrollmentSignature> signature = enrollmentSignature(asked);
    if (signature.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (!signature.get().key().owner().equals(asked.client())) {
      throw Refusal.notVerified("its enrollmentSignature is by another atSign's key");
    }
    return asked
        .post()
        .lookUpPublic(signature.get().key().name(), asked.client())
        .handle((record, failure) -> Optional.ofNullable(record));
  }

  private static Optional<EnrollmentSignature> enrollmentSignature(Asked asked) throws Refusal {
    try {
      return EnrollmentSignature.of(asked.envelope());
    } catch (ProtocolViolation e) {
      throw Refusal.notVerified(e.getMessage());
    }
  }

  /**
   * The ML-DSA-65 key that signed; empty if none did, or we cannot verify it now.
   *
   * @param rsa what verified the request's signature, base64 X.509
   */
  Optional<Np2Signing.Key> verified(Asked asked, String rsa, Records records)
      throws Refusal, CipherUnavailable {
    try {
      enrollment(asked, records);
      return beside(asked, rsa, records);
    } catch (PeerUnverified | ProtocolViolation e) {
      throw Refusal.notVerified(e.getMessage());
    }
  }

  private Optional<Np2Signing.Key> beside(Asked asked, String rsa, Records records)
      throws Refusal, PeerUnverified, ProtocolViolation, CipherUnavailable {
    Optional<Np2Signing.Key> key = asked.signing().key();
    if (key.isPresent() && Np2Signature.of(asked.envelope()).isEmpty()) {
      throw Refusal.signatureMissing(asked.client());
    }
    if (key.isEmpty() || records.np2Sign().isEmpty()) {
      return Optional.empty();
    }
    Np2SignRecord.verify(
        neighbours.ciphers(),
        asked.client(),
        rsa,
        key.get(),
        records.np2Sign().get(),
        asked.envelope());
    return key;
  }

  private void enrollment(Asked asked, Records records)
      throws Refusal, PeerUnverified, ProtocolViolation, CipherUnavailable {
    Optional<EnrollmentSignature> found = enrollmentSignature(asked);
    if (found.isEmpty() || records.apsk().isEmpty()) {
      return;
    }
    EnrollmentSignature signature = found.get();
    boolean postQuantum = signature.algorithm().equals(SigningKeyRecord.ML_DSA);
    SigningKeyRecord.Key key =
        SigningKeyRecord.parse(records.apsk().get()).find(signature.algorithm(), signature.kid());
    if (postQuantum && !Np2Signing.verifies(neighbours.ciphers())) {
      return;
    }
    SignedEnvelope envelope = asked.envelope();
    boolean genuine =
        neighbours
            .ciphers()
            .signature(
                postQuantum ? SignatureAlgorithm.ML_DSA_65 : SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(
                key.text(),
                envelope.signedBytes(),
                Base64.getDecoder().decode(signature.signature()));
    if (!genuine) {
      throw new PeerUnverified("its enrollmentSignature is not by the key that it names");
    }
  }
}
