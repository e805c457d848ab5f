package org.noports.protocol.verb;

/**
 * Asks what the atServer is (docs/protocol/atprotocol.md 3.19).
 *
 * @param brief whether a short answer will do
 */
public record Info(boolean brief) implements Verb {
  @Override
  public String toLine() {
    return brief ? "info:brief" : "info";
  }
}
