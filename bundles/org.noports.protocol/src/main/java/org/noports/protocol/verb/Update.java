package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.protocol.key.AtKey;

/**
 * Stores a value (docs/protocol/atprotocol.md 3.9).
 *
 * @param key under which key
 * @param metadata what is said of it
 * @param value one line of text, not empty
 */
public record Update(AtKey key, MetadataChange metadata, String value) implements Verb {
  public Update {
    requireNonNull(key, "key is null");
    requireNonNull(metadata, "metadata is null");
    if (OneLine.of(value).isEmpty()) {
      throw new IllegalArgumentException("A stored value is not empty");
    }
  }

  @Override
  public String toLine() {
    return "update" + metadata.toParameters() + ":" + key + " " + value;
  }

  @Override
  public String toString() {
    return "Update[" + key + ", " + value.length() + " chars]";
  }
}
