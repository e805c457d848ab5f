package org.noports.protocol.verb;

/**
 * Asks the atServer to verify a visiting atSign at that atSign's own atServer
 * (docs/protocol/atprotocol.md 3.4).
 */
public record Pol() implements Verb {
  @Override
  public String toLine() {
    return "pol";
  }
}
