package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks for figures about an atServer (docs/protocol/atprotocol.md 3.17).
 *
 * @param ids which, in the order wanted; empty for all
 * @param regex for those that are about keys: what a key must contain
 */
public record Stats(List<Integer> ids, Optional<String> regex) implements Verb {
  public Stats {
    ids = List.copyOf(ids);
    requireNonNull(regex, "regex is null").ifPresent(OneLine::of);
  }

  /** The id of the last commit: what clients compare before they sync. */
  public static Stats lastCommit() {
    return new Stats(List.of(3), Optional.empty());
  }

  @Override
  public String toLine() {
    String numbers = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    return "stats"
        + (numbers.isEmpty() ? "" : ":" + numbers)
        + regex.map(text -> ":" + text).orElse("");
  }
}
