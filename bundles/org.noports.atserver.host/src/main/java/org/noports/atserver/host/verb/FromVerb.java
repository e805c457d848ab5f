package org.noports.atserver.host.verb;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.From;
import org.noports.protocol.verb.Response;

/** {@code from}: gives out a challenge to whoever claims to be somebody (atprotocol.md 3.1). */
final class FromVerb implements VerbHandler<From> {
  private static final Pattern SEMVER = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

  /** Clients newer than this read errors as JSON. */
  private static final long JSON_ERRORS_AFTER = number(3, 0, 37);

  @Override
  public CompletionStage<Response> handle(From from, Dialogue dialogue) {
    from.clientConfig().ifPresent(config -> dialogue.readsJsonErrors(readsJsonErrors(config)));
    AtSign claimed = from.atSign();
    // What was asked before does not count if this is refused.
    dialogue.takeChallenge();
    return claimed.equals(dialogue.self())
        ? CompletableFuture.completedFuture(challenge(claimed, dialogue))
        : dialogue
            .tenant()
            .blockList()
            .blocks(claimed)
            .thenApply(
                blocked -> {
                  if (blocked) {
                    throw new Refusal(ErrorCode.CONNECTION, "Unable to connect");
                  }
                  return dialogue;
                })
            .thenCompose(allowed -> visitor(claimed, dialogue));
  }

  /** Whoever speaks for another atSign must be its host, by certificate (atprotocol.md 1.2). */
  private static CompletionStage<Response> visitor(AtSign claimed, Dialogue dialogue) {
    return dialogue
        .tenant()
        .visitors()
        .objection(claimed, dialogue.wire().certificates())
        .thenApply(
            objection -> {
              if (objection.isPresent()) {
                dialogue
                    .tenant()
                    .happenings()
                    .authenticationFailed(
                        dialogue.self(), claimed, "certificate", dialogue.wire().peer());
                throw new Refusal(
                    ErrorCode.UNAUTHENTICATED,
                    "Certificate Verification Failed: " + objection.get());
              }
              return challenge(claimed, dialogue);
            });
  }

  private static Response challenge(AtSign claimed, Dialogue dialogue) {
    Dialogue.Challenge challenge = Dialogue.Challenge.to(claimed);
    dialogue.challenge(challenge);
    String front = claimed.equals(dialogue.self()) ? "" : "proof:";
    return new Response.Data(front + text(dialogue, challenge));
  }

  /** What the owner signs: all of it; what an atServer signs is the proof alone. */
  static String text(Dialogue dialogue, Dialogue.Challenge challenge) {
    return dialogue.session() + challenge.by() + ":" + challenge.proof();
  }

  private static boolean readsJsonErrors(JsonObject config) {
    try {
      Optional<String> version = config.text("version");
      Matcher parts = SEMVER.matcher(version.orElse(""));
      return parts.matches()
          && number(part(parts, 1), part(parts, 2), part(parts, 3)) > JSON_ERRORS_AFTER;
    } catch (ProtocolViolation e) {
      // A version that is no text: an old or odd client, which reads the plain form.
      return false;
    }
  }

  private static long part(Matcher parts, int group) {
    return Long.parseLong(parts.group(group));
  }

  private static long number(long major, long minor, long patch) {
    return (major * 1_000_000 + minor) * 1_000_000 + patch;
  }
}
