package org.noports.atserver.host.verb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.verb.Cram;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Response;

/** {@code cram}: an atSign's owner shows who they are by a secret (atprotocol.md 3.2). */
final class CramVerb {
  private CramVerb() {}

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
              return decided(dialogue, good);
            });
  }

  /** What the owner must sign, if that was asked of them and is still good. */
  static Optional<String> ownChallenge(Dialogue dialogue) {
    return dialogue
        .takeChallenge()
        .filter(challenge -> challenge.by().equals(dialogue.self()))
        .map(challenge -> FromVerb.text(dialogue, challenge));
  }

  private static Response decided(Dialogue dialogue, boolean good) {
    if (!good) {
      throw failed(dialogue, Standing.Owner.CRAM, "Authentication Failed");
    }
    dialogue.become(new Standing.Owner(Standing.Owner.CRAM, Access.FULL));
    return shown(dialogue, Standing.Owner.CRAM);
  }

  /** The owner could not show who they are. */
  static Refusal failed(Dialogue dialogue, String proof, String error) {
    dialogue
        .tenant()
        .happenings()
        .authenticationFailed(dialogue.self(), dialogue.self(), proof, dialogue.wire().peer());
    return new Refusal(ErrorCode.UNAUTHENTICATED, error);
  }

  /** The owner has shown who they are. */
  static Response shown(Dialogue dialogue, String proof) {
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
