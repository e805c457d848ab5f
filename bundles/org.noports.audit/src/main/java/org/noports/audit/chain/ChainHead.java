package org.noports.audit.chain;

import static java.util.Objects.requireNonNull;

/**
 * Where a chain goes on.
 *
 * @param number of the line that was last
 * @param hash that line's hash, which the next one carries
 */
public record ChainHead(long number, String hash) {
  /** Before the first line of all: 32 bytes of zeros. */
  public static final ChainHead NONE = new ChainHead(0, "A".repeat(43));

  public ChainHead {
    requireNonNull(hash, "hash is null");
  }

  @Override
  public String toString() {
    return number + ":" + hash;
  }
}
