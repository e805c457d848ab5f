package org.noports.device;

import java.util.List;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.Np2SignRecord;
import org.noports.protocol.np2.Np2Signature;
import org.noports.protocol.np2.Np2Signing;
import org.noports.protocol.session.SignedEnvelope;

/**
 * What this device signs its answers with, and what it says of that (docs/protocol/np2.md 11). A
 * key that clients cannot look up yet is not used: they would have to refuse its answers.
 */
final class OurSignatures {
  private final Neighbours neighbours;

  /** What clients can look up: until another is. */
  private volatile Optional<Fingerprint> published = Optional.empty();

  /** Whether it is to be published again, be it the same. */
  private volatile boolean due = true;

  OurSignatures(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** Publishes our keys, as they are now, where a new connection may have another's in view. */
  void publish(AtServerSession post, DeviceSettings device) {
    due = true;
    try {
      Identity self = neighbours.identities().identity(device.address().atSign());
      post.putPublic(RelayAccess.signingKeyUri(self).name(), self.signingKeyRecord())
          .exceptionally(failure -> unpublished(device, failure));
    } catch (NoPortsException e) {
      DeviceLog.notPublished(device.address(), e);
    }
    tick(post, device);
  }

  /** Publishes an ML-DSA-65 key that has come, or could not be published before. */
  void tick(AtServerSession post, DeviceSettings device) {
    try {
      Identity self = neighbours.identities().identity(device.address().atSign());
      Optional<SigningKey> key = self.signingKey().filter(it -> due || !isPublished(it));
      if (key.isPresent()) {
        Np2SignRecord sealed = Np2SignRecord.of(self, key.get());
        post.putPublic(sealed.name(), sealed.signedBy(self))
            .thenRun(() -> published(key.get()))
            .exceptionally(failure -> unpublished(device, failure));
      }
    } catch (NoPortsException e) {
      DeviceLog.notPublished(device.address(), e);
    }
  }

  private void published(SigningKey key) {
    published = Optional.of(key.fingerprint());
    due = false;
  }

  private boolean isPublished(SigningKey key) {
    return published.filter(key.fingerprint()::equals).isPresent();
  }

  private static Void unpublished(DeviceSettings device, Throwable failure) {
    DeviceLog.notPublished(device.address(), Step.cause(failure));
    return null;
  }

  /** What the answer to {@code request} says, if it is to the client of an offer. */
  Np2Signing says(Permitted request) throws NoPortsException {
    Asked asked = request.asked();
    Identity self = neighbours.identities().identity(asked.device().address().atSign());
    boolean read = asked.signing().verifies().contains(Np2Signing.ML_DSA);
    return new Np2Signing(
        verified(request) ? List.of(Np2Signing.RSA, Np2Signing.ML_DSA) : List.of(Np2Signing.RSA),
        read ? usable(self).flatMap(key -> said(self, key)) : Optional.empty(),
        request.required());
  }

  /** A client that signed by both is told whether both were verified. */
  private boolean verified(Permitted request) throws CipherUnavailable {
    return request.asked().signing().key().isPresent()
        ? request.clientSigns().isPresent()
        : Np2Signing.verifies(neighbours.ciphers());
  }

  private Optional<Np2Signing.Key> said(Identity self, SigningKey key) {
    return Optional.of(new Np2Signing.Key(Np2SignRecord.of(self, key).signer(), key.fingerprint()));
  }

  private Optional<SigningKey> usable(Identity self) {
    return self.signingKey().filter(this::isPublished);
  }

  /**
   * The answer with the signatures that it says it has.
   *
   * @throws IdentityUnusable if the key that it names has gone meanwhile
   */
  SignedEnvelope sign(Identity self, JsonObject payload) throws NoPortsException {
    SignedEnvelope envelope = SignedEnvelope.sign(payload, self::signAsEncryption);
    Optional<Np2Signing.Key> said = Np2Signing.of(payload).key();
    return said.isPresent() ? Np2Signature.add(envelope, named(self, said.get())) : envelope;
  }

  private static SigningKey named(Identity self, Np2Signing.Key said) throws IdentityUnusable {
    return self.signingKey()
        .filter(key -> key.fingerprint().equals(said.fingerprint()))
        .orElseThrow(
            () ->
                new IdentityUnusable(
                    "The ML-DSA-65 key of "
                        + self.atSign()
                        + " was exchanged while an answer was made: ask again"));
  }
}
