package org.noports.api.tunnel;

/**
 * What protects a session's bytes on their way: keys, and the algorithms that use them. Whoever
 * opens a tunnel's end with it hands it over; closing wipes the keys.
 */
public sealed interface Protection extends AutoCloseable permits SessionKeys, Np2Keys {
  /** How well. */
  Level level();

  /** Wipes the keys. Idempotent. */
  @Override
  void close();
}
