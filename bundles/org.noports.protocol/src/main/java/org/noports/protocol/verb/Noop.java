package org.noports.protocol.verb;

/**
 * Asks for an answer after a while: a sign of life (docs/protocol/atprotocol.md 3.19).
 *
 * @param delayMillis how long the answer is to wait
 */
public record Noop(long delayMillis) implements Verb {
  /** Longest delay that an atServer accepts. */
  public static final long MAX_DELAY_MILLIS = 5000;

  @Override
  public String toLine() {
    return "noop:" + delayMillis;
  }
}
