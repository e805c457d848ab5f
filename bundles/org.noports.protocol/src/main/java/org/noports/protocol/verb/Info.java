package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

/**
 * Asks what the atServer is (docs/protocol/atprotocol.md 3.19).
 *
 * @param part what is wanted of it
 */
public record Info(Part part) implements Verb {
  /** What is wanted. */
  public enum Part {
    /** Version and time since the start, in words. */
    FULL(""),
    /** The same in a number. */
    BRIEF("brief"),
    /** The certificates that are shown to other atServers. */
    MTLS("mtls"),
    /** How old those certificates are. */
    MTLS_BRIEF("mtlsbrief");

    private final String wire;

    Part(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  public Info {
    requireNonNull(part, "part is null");
  }

  @Override
  public String toLine() {
    return part == Part.FULL ? "info" : "info:" + part.wire();
  }
}
