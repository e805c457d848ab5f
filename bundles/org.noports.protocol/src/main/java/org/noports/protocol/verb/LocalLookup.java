package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.protocol.key.AtKey;

/**
 * Reads a value at our own atServer (docs/protocol/atprotocol.md 3.10).
 *
 * @param detail how much is asked for
 * @param key its full key
 */
public record LocalLookup(Detail detail, AtKey key) implements Verb {
  public LocalLookup {
    requireNonNull(detail, "detail is null");
    requireNonNull(key, "key is null");
  }

  @Override
  public String toLine() {
    return "llookup:" + detail.parameter() + key;
  }
}
