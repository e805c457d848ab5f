package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A verb of the atProtocol that we know by name only, so that an atServer can say so honestly.
 *
 * @param name one of {@link #NAMES}
 * @param argument what follows the name, its first character included
 */
public record LaterVerb(String name, String argument) implements Verb {
  /** The verbs that are known and not yet read. */
  public static final List<String> NAMES = List.of("stream");

  public LaterVerb {
    requireNonNull(name, "name is null");
    OneLine.of(argument);
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("'" + name + "' is not a verb of the atProtocol");
    }
  }

  @Override
  public String toLine() {
    return name + argument;
  }

  @Override
  public String toString() {
    return "LaterVerb[" + name + "]";
  }
}
