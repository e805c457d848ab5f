package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

/**
 * The verbs around notifications that already exist, and the one that tells many at once:
 * recognised, so that an atServer that has none of them can say so by name.
 *
 * @param kind which of them
 * @param argument what follows, untouched
 */
public record NotifyLater(Kind kind, String argument) implements Verb {
  /** Which of them. */
  public enum Kind {
    LIST("list"),
    STATUS("status"),
    FETCH("fetch"),
    REMOVE("remove"),
    ALL("all");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  public NotifyLater {
    requireNonNull(kind, "kind is null");
    OneLine.of(argument);
  }

  @Override
  public String toLine() {
    return "notify:" + kind.wire() + (argument.isEmpty() ? "" : ":" + argument);
  }

  @Override
  public String toString() {
    return "NotifyLater[" + kind + "]";
  }
}
