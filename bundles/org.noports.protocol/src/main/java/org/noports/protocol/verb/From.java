package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.protocol.json.JsonObject;

/**
 * Says who wants to authenticate; the answer is a challenge (docs/protocol/atprotocol.md 3.1).
 *
 * @param atSign who
 * @param clientConfig what the client says of itself, where it does
 */
public record From(AtSign atSign, Optional<JsonObject> clientConfig) implements Verb {
  public From {
    requireNonNull(atSign, "atSign is null");
    requireNonNull(clientConfig, "clientConfig is null");
  }

  @Override
  public String toLine() {
    return "from:" + atSign + clientConfig.map(json -> ":clientConfig:" + json.toJson()).orElse("");
  }
}
