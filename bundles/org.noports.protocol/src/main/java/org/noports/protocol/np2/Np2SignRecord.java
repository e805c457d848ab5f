package org.noports.protocol.np2;

import static java.util.Objects.requireNonNull;

import java.util.Base64;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;

/**
 * What is published as {@code public:np2_sign.<enrollment>.sshnp@x}: the ML-DSA-65 key of one
 * program of an atSign, signed by the atSign's RSA key (docs/protocol/np2.md 11). The record of
 * {@code _apsk} stays one bare RSA key, which every program can read.
 *
 * @param owner whose key
 * @param signer which enrollment's
 * @param publicKey base64 of FIPS 204's bytes
 */
public record Np2SignRecord(AtSign owner, String signer, String publicKey) {
  private static final String FIELD = "np2_sign";

  public Np2SignRecord {
    requireNonNull(owner, "owner is null");
    requireNonNull(signer, "signer is null");
    requireNonNull(publicKey, "publicKey is null");
  }

  /** The record of {@code self}'s key. */
  public static Np2SignRecord of(Identity self, SigningKey key) {
    return new Np2SignRecord(
        self.atSign(),
        self.enrollmentId().orElse(MessageNames.PRIMARY_ENROLLMENT),
        key.publicKey());
  }

  /** Its name, without {@code public:} and owner. */
  public String name() {
    return MessageNames.np2Sign(signer);
  }

  /** The text that is published, signed by {@code self}, whose record it is. */
  public String signedBy(Identity self) {
    JsonObject said =
        JsonObject.builder()
            .put("versions", "1")
            .put("atSign", owner.name())
            .put("signer", signer)
            .put(Np2Signing.ML_DSA, publicKey)
            .build();
    return SignedEnvelope.sign(
            JsonObject.builder().put(FIELD, said).build(), self::signAsEncryption)
        .toText();
  }

  /**
   * Verifies that {@code envelope}, which names {@code key}, is signed by that key as well.
   *
   * @param owner who must have signed
   * @param rsa the RSA key that verified the envelope, base64 X.509
   * @param text the published record
   * @throws PeerUnverified if anything does not fit
   */
  public static void verify(
      CipherCatalogue catalogue,
      AtSign owner,
      String rsa,
      Np2Signing.Key key,
      String text,
      SignedEnvelope envelope)
      throws PeerUnverified, ProtocolViolation, CipherUnavailable {
    Np2SignRecord published = parse(catalogue, rsa, text);
    if (!published.owner.equals(owner) || !published.signer.equals(key.signer())) {
      throw new PeerUnverified("The record " + key.recordName() + owner + " is about another key");
    }
    if (!fingerprint(published.publicKey).equals(Optional.of(key.fingerprint()))) {
      throw new PeerUnverified(
          "The ML-DSA-65 key that " + owner + " publishes is not the one that it signs with");
    }
    Np2Signature signature =
        Np2Signature.of(envelope)
            .filter(it -> it.algorithm().equals(Np2Signing.ML_DSA))
            .orElseThrow(
                () -> new PeerUnverified("The signature by ML-DSA-65 of " + owner + " is missing"));
    boolean genuine =
        catalogue
            .signature(SignatureAlgorithm.ML_DSA_65)
            .verifies(published.publicKey, envelope.signedBytes(), signature.bytes());
    if (!genuine) {
      throw new PeerUnverified(
          "The signature by ML-DSA-65 is not by the key that " + owner + " publishes");
    }
  }

  private static Np2SignRecord parse(CipherCatalogue catalogue, String rsa, String text)
      throws PeerUnverified, ProtocolViolation, CipherUnavailable {
    SignedEnvelope envelope = SignedEnvelope.parse(text);
    boolean genuine =
        catalogue
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(rsa, envelope.signedBytes(), envelope.signatureBytes());
    if (!genuine) {
      throw new PeerUnverified("The record of an ML-DSA-65 key is not signed by the RSA key");
    }
    JsonObject said = envelope.payload().requireObject(FIELD);
    said.requireText(Np2Signing.ML_DSA, Base64.getDecoder()::decode);
    return new Np2SignRecord(
        said.requireText("atSign", AtSign::of),
        said.requireText("signer"),
        said.requireText(Np2Signing.ML_DSA));
  }

  private static Optional<Fingerprint> fingerprint(String publicKey) {
    try {
      return Optional.of(Fingerprint.ofPublicKey(publicKey));
    } catch (IllegalArgumentException e) {
      // Not base64.
      return Optional.empty();
    }
  }
}
