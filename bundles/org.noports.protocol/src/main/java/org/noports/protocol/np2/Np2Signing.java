package org.noports.protocol.np2;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;
import org.noports.api.policy.Requirement;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.MessageNames;

/**
 * What an end says of signatures in the {@code np2} of what it signs: by which kinds this is
 * signed, which it verifies, and what it requires (docs/protocol/np2.md 11). Said under the RSA
 * signature, so a signature of another kind cannot be taken away in silence. An end that says
 * nothing of it signs and verifies by RSA alone.
 *
 * @param verifies the kinds that this end can verify now, {@code rsa2048} among them
 * @param key what it signs with beside RSA; empty if nothing
 * @param require what the session must be
 */
public record Np2Signing(List<String> verifies, Optional<Key> key, Requirement require) {
  /** The kind that every atSign has. */
  public static final String RSA = "rsa2048";

  /** The kind beside it. */
  public static final String ML_DSA = SignatureAlgorithm.ML_DSA_65;

  /** What an end is that says nothing. */
  public static final Np2Signing SILENT =
      new Np2Signing(List.of(RSA), Optional.empty(), Requirement.NONE);

  private static final String BOTH = RSA + "," + ML_DSA;
  private static final int MOST_KINDS = 16;

  /**
   * Which key signs beside RSA.
   *
   * @param signer the enrollment under whose name it is published
   * @param fingerprint of the public half
   */
  public record Key(String signer, Fingerprint fingerprint) {
    public Key {
      requireNonNull(signer, "signer is null");
      requireNonNull(fingerprint, "fingerprint is null");
      if (!signer.matches("[A-Za-z0-9_-]{1,64}")) {
        throw new IllegalArgumentException("signer is not the name of an enrollment");
      }
    }

    /** Where the key is published, without {@code public:} and owner. */
    public String recordName() {
      return MessageNames.np2Sign(signer);
    }
  }

  public Np2Signing {
    verifies = List.copyOf(verifies);
    requireNonNull(key, "key is null");
    requireNonNull(require, "require is null");
  }

  /**
   * What an end is now.
   *
   * @param signs the key it will sign with; empty if with RSA alone
   */
  public static Np2Signing of(
      CipherCatalogue catalogue, Identity self, Optional<SigningKey> signs, Requirement require) {
    String signer = self.enrollmentId().orElse(MessageNames.PRIMARY_ENROLLMENT);
    return new Np2Signing(
        verifies(catalogue) ? List.of(RSA, ML_DSA) : List.of(RSA),
        signs.map(key -> new Key(signer, key.fingerprint())),
        require);
  }

  /** Whether signatures of the kind beside RSA can be verified here now. */
  public static boolean verifies(CipherCatalogue catalogue) {
    return catalogue.present().stream()
        .anyMatch(
            present ->
                present.kind().equals(PresentAlgorithm.SIGNATURE) && present.name().equals(ML_DSA));
  }

  /**
   * Reads what the payload's {@code np2} says; {@link #SILENT} where there is none.
   *
   * @throws ProtocolViolation if it says something that cannot be read
   */
  public static Np2Signing of(JsonObject payload) throws ProtocolViolation {
    Optional<JsonObject> json = payload.object(Np2Offer.FIELD);
    if (json.isEmpty() || !Np2Offer.speaks(json.get())) {
      return SILENT;
    }
    try {
      return new Np2Signing(
          kinds(json.get(), "verifies"),
          kinds(json.get(), "signs").contains(ML_DSA)
              ? Optional.of(
                  new Key(
                      json.get().requireText("signer"),
                      json.get().requireText("signingKey", Fingerprint::of)))
              : Optional.empty(),
          Requirement.of(json.get().text("require").orElse("")));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("np2: " + e.getMessage(), e);
    }
  }

  private static List<String> kinds(JsonObject json, String field) throws ProtocolViolation {
    return json.text(field)
        .map(list -> Arrays.asList(list.split(",", MOST_KINDS)))
        .orElse(List.of(RSA));
  }

  /** {@code np2} with what there is to say added. */
  public JsonObject into(JsonObject np2) {
    JsonObject.Builder json = np2.toBuilder();
    if (verifies.contains(ML_DSA)) {
      json.put("verifies", BOTH);
    }
    key.ifPresent(
        signs ->
            json.put("signs", BOTH)
                .put("signer", signs.signer())
                .put("signingKey", signs.fingerprint().text()));
    if (!require.equals(Requirement.NONE)) {
      json.put("require", require.toString());
    }
    return json.build();
  }

  /** In words, for who is told why a session is refused. */
  public String description() {
    return "signs by "
        + (key.isPresent() ? "rsa2048 and mldsa65" : "rsa2048")
        + " and verifies "
        + String.join(" and ", verifies);
  }
}
