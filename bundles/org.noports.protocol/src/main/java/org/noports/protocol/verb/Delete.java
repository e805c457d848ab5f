package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.protocol.key.AtKey;

/**
 * Deletes a key (docs/protocol/atprotocol.md 3.13).
 *
 * @param key which key
 * @param force whether an immutable key goes too
 */
public record Delete(AtKey key, boolean force) implements Verb {
  public Delete {
    requireNonNull(key, "key is null");
  }

  @Override
  public String toLine() {
    return "delete" + (force ? ":force" : "") + ":" + key;
  }
}
