package org.noports.atserver.host.verb;

import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.enrollment.OwnKeys;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Keys;
import org.noports.protocol.verb.Response;

/** {@code keys}: what an enrollment keeps here for itself (atprotocol.md 3.5). */
final class KeysVerb implements VerbHandler<Keys> {
  /** As clients are used to be told: these changes are in no log. */
  private static final Response UNLOGGED = new Response.Data("-1");

  @Override
  public CompletionStage<Response> handle(Keys keys, Dialogue dialogue) {
    String id =
        dialogue
            .access()
            .enrollmentId()
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.INTERNAL_EXCEPTION,
                        "Keys verb cannot be accessed without an enrollmentId",
                        false));
    OwnKeys own = new OwnKeys(dialogue.self(), dialogue.tenant().records(), id);
    return switch (keys.operation()) {
      case PUT -> own.put(keys).thenApply(done -> UNLOGGED);
      case DELETE -> own.delete(keys.keyName().orElseThrow()).thenApply(done -> UNLOGGED);
      case GET ->
          keys.keyName().isPresent()
              ? own.get(keys.keyName().get()).thenApply(Response.Data::new)
              : own.names(keys.visibility().orElseThrow())
                  .thenApply(names -> new Response.Data(JsonArray.ofTexts(names).toJson()));
    };
  }
}
