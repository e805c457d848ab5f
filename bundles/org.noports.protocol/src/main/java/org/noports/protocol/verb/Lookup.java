package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;
import org.noports.protocol.key.AtKey;

/**
 * Reads a value of another atSign that is meant for us, or a public one if we are nobody
 * (docs/protocol/atprotocol.md 3.12).
 *
 * @param bypassCache whether a copy will not do
 * @param detail how much is asked for
 * @param name entity and namespace, lower case
 * @param owner whose value
 */
public record Lookup(boolean bypassCache, Detail detail, String name, AtSign owner)
    implements Verb {
  public Lookup {
    requireNonNull(detail, "detail is null");
    name = AtKey.publicKey(name, owner).name();
  }

  @Override
  public String toLine() {
    return "lookup:" + (bypassCache ? "bypassCache:true:" : "") + detail.parameter() + name + owner;
  }
}
