package org.noports.protocol.verb;

/**
 * Authenticates by the first secret of an atSign (docs/protocol/atprotocol.md 3.2).
 *
 * @param digest lower-case hex of SHA-512 over secret and challenge
 */
public record Cram(String digest) implements Verb {
  public Cram {
    OneLine.of(digest);
  }

  @Override
  public String toLine() {
    return "cram:" + digest;
  }

  @Override
  public String toString() {
    return "Cram";
  }
}
