package org.noports.atserver.host.verb;

import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.atserver.host.peer.PeerLinks;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.SigningKeys;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Pol;
import org.noports.protocol.verb.Response;

/**
 * {@code pol}: another atSign's atServer shows for whom it speaks, by publishing a signature at the
 * address that the atDirectory gives for that atSign (atprotocol.md 3.4, 4.1).
 */
final class PolVerb implements VerbHandler<Pol> {
  @Override
  public CompletionStage<Response> handle(Pol pol, Dialogue dialogue) {
    Dialogue.Challenge challenge =
        dialogue
            .takeChallenge()
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.INTERNAL_EXCEPTION,
                        "You must execute a 'from:' command before you may run the pol command",
                        true));
    AtSign visitor = challenge.by();
    PeerLinks links = dialogue.tenant().links();
    return published(links, visitor, dialogue.session())
        .thenCombine(
            published(links, visitor, "signing_publickey"),
            (signature, key) -> SigningKeys.verifies(key, "sha256", challenge.proof(), signature))
        .handle(
            (good, failure) -> {
              if (failure != null || !good) {
                dialogue
                    .tenant()
                    .happenings()
                    .authenticationFailed(dialogue.self(), visitor, "pol", dialogue.wire().peer());
                throw new Refusal(ErrorCode.UNAUTHENTICATED, "Pol Authentication Failed");
              }
              dialogue.become(new Standing.Visitor(visitor));
              return new Response.PolAccepted(visitor);
            });
  }

  private static CompletionStage<String> published(PeerLinks links, AtSign visitor, String name) {
    return links
        .call(visitor, PeerLinks.Purpose.PUBLIC, "lookup:" + name + visitor)
        .thenApply(answer -> answer instanceof Response.Data data ? data.text() : "");
  }
}
