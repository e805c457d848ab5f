package org.noports.atserver.host.verb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.SigningKeys;
import org.noports.protocol.verb.Cram;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Pkam;
import org.noports.protocol.verb.Response;

/** {@code cram} and {@code pkam}: an atSign's owner shows who they are (atprotocol.md 3.2, 3.3). */
final class OwnerVerbs {
  private OwnerVerbs() {}

  /** By the secret that came with the atSign; good until its owner deletes it. */
  static CompletionStage<Response> cram(Cram cram, Dialogue dialogue) {
    Optional<String> challenge = ownChallenge(dialogue);
    return dialogue
        .tenant()
        .records()
        .get(KeyNames.CRAM_SECRET)
        .thenApply(
            secret -> {
              boolean good =
                  secret.isPresent()
                      && challenge.isPresent()
                      && sameText(digest(secret.get(), challenge.get()), cram.digest());
              return decided(dialogue, good, "cram", "Authentication Failed");
            });
  }

  /** By a signature of the key that the owner has left here. */
  static CompletionStage<Response> pkam(Pkam pkam, Dialogue dialogue) {
    if (pkam.enrollmentId().isPresent()) {
      throw new EnrollmentRefusal(
          ErrorCode.TOO_MANY_REQUESTS,
          "enrollment_id: " + pkam.enrollmentId().get() + " is expired or invalid");
    }
    String signing = pkam.signingAlgo().orElse("rsa2048");
    String hashing = pkam.hashingAlgo().orElse("sha256");
    if (!signing.equals("rsa2048") || !hashing.equals("sha256") && !hashing.equals("sha512")) {
      throw new Refusal(
          ErrorCode.INVALID_SYNTAX, "pkam with " + signing + " and " + hashing + ": not supported");
    }
    Optional<String> challenge = ownChallenge(dialogue);
    return dialogue
        .tenant()
        .records()
        .get(KeyNames.PKAM_PUBLIC_KEY)
        .thenApply(
            key -> {
              boolean good =
                  key.isPresent()
                      && challenge.isPresent()
                      && SigningKeys.verifies(
                          key.get().value(), hashing, challenge.get(), pkam.signature());
              return decided(dialogue, good, "pkam", "pkam authentication failed");
            });
  }

  private static Optional<String> ownChallenge(Dialogue dialogue) {
    return dialogue
        .takeChallenge()
        .filter(challenge -> challenge.by().equals(dialogue.self()))
        .map(challenge -> FromVerb.text(dialogue, challenge));
  }

  private static Response decided(Dialogue dialogue, boolean good, String proof, String error) {
    if (!good) {
      dialogue
          .tenant()
          .happenings()
          .authenticationFailed(dialogue.self(), dialogue.self(), proof, dialogue.wire().peer());
      throw new Refusal(ErrorCode.UNAUTHENTICATED, error);
    }
    dialogue.become(new Standing.Owner(proof));
    dialogue.tenant().happenings().authenticated(dialogue.self(), proof, dialogue.wire().peer());
    return new Response.Data("success");
  }

  private static String digest(AtRecord secret, String challenge) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      sha512.update(secret.value().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sha512.digest(challenge.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JDK has no SHA-512", e);
    }
  }

  private static boolean sameText(String ours, String theirs) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.UTF_8),
        theirs.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }
}
