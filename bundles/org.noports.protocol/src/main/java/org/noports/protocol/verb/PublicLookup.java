package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;
import org.noports.protocol.key.AtKey;

/**
 * Reads a public value of any atSign through our own atServer (docs/protocol/atprotocol.md 3.11).
 *
 * @param bypassCache whether a copy will not do
 * @param detail how much is asked for
 * @param name entity and namespace, lower case
 * @param owner whose value
 */
public record PublicLookup(boolean bypassCache, Detail detail, String name, AtSign owner)
    implements Verb {
  public PublicLookup {
    requireNonNull(detail, "detail is null");
    name = AtKey.publicKey(name, owner).name();
  }

  @Override
  public String toLine() {
    return "plookup:"
        + (bypassCache ? "bypassCache:true:" : "")
        + detail.parameter()
        + name
        + owner;
  }
}
