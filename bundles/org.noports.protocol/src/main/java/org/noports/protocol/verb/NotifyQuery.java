package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

/**
 * Asks about one notification, or forgets it (docs/protocol/atprotocol.md 3.14).
 *
 * @param kind what to do
 * @param id which notification
 */
public record NotifyQuery(Kind kind, String id) implements Verb {
  /** What to do. */
  public enum Kind {
    /** What has become of it. */
    STATUS("status"),
    /** All that is known of it. */
    FETCH("fetch"),
    /** Forget it. */
    REMOVE("remove");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  public NotifyQuery {
    requireNonNull(kind, "kind is null");
    if (OneLine.of(id).isEmpty()) {
      throw new IllegalArgumentException("A notification has an id");
    }
  }

  @Override
  public String toLine() {
    return "notify:" + kind.wire() + ":" + id;
  }
}
