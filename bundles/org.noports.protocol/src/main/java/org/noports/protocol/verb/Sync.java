package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Asks what has changed since a commit (docs/protocol/atprotocol.md 3.16).
 *
 * @param after the last commit that is known already; -1 for none
 * @param limit how many changes are wanted at most; the atServer has a limit of its own
 * @param skipDeletesUntil deletions up to this commit are of no interest
 * @param regex what a key must contain
 */
public record Sync(
    long after, Optional<Long> limit, Optional<Long> skipDeletesUntil, Optional<String> regex)
    implements Verb {
  public Sync {
    if (after < -1) {
      throw new IllegalArgumentException("A commit is a number from 0 on, or -1 for none");
    }
    requireNonNull(limit, "limit is null");
    requireNonNull(skipDeletesUntil, "skipDeletesUntil is null");
    regex.ifPresent(OneLine::of);
  }

  @Override
  public String toLine() {
    return "sync:from:"
        + after
        + limit.map(number -> ":limit:" + number).orElse("")
        + skipDeletesUntil.map(commit -> ":skipDeletesUntil:" + commit).orElse("")
        + regex.map(text -> ":" + text).orElse("");
  }
}
