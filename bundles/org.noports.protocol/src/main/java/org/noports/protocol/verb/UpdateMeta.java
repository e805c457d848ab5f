package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.protocol.key.AtKey;

/**
 * Changes what is said of a key and leaves its value (docs/protocol/atprotocol.md 3.9).
 *
 * @param key which key
 * @param metadata what is said of it
 */
public record UpdateMeta(AtKey key, MetadataChange metadata) implements Verb {
  public UpdateMeta {
    requireNonNull(key, "key is null");
    requireNonNull(metadata, "metadata is null");
  }

  @Override
  public String toLine() {
    return "update:meta:" + key + metadata.toParameters();
  }
}
