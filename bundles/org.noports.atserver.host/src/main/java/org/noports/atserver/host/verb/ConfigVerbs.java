package org.noports.atserver.host.verb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.atserver.host.tenant.BlockList;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.verb.ConfigBlock;
import org.noports.protocol.verb.ConfigSetting;
import org.noports.protocol.verb.Response;

/** {@code config}: whom not to speak with (atprotocol.md 3.18). */
final class ConfigVerbs {
  private ConfigVerbs() {}

  static CompletionStage<Response> block(ConfigBlock block, Dialogue dialogue) {
    BlockList list = dialogue.tenant().blockList();
    Response success = new Response.Data("success");
    return switch (block.action()) {
      case ADD -> list.add(block.atSigns()).thenApply(done -> success);
      case REMOVE -> list.remove(block.atSigns()).thenApply(done -> success);
      case SHOW ->
          list.names()
              .thenApply(
                  names ->
                      names.isEmpty()
                          ? Response.Data.NULL
                          : new Response.Data(JsonArray.ofTexts(names).toJson()));
    };
  }

  /** Settings are the host's, not one atSign's: its operator changes them in its own file. */
  static CompletionStage<Response> setting(ConfigSetting setting, Dialogue dialogue) {
    return CompletableFuture.completedFuture(new Response.Data("testing mode disabled by default"));
  }
}
