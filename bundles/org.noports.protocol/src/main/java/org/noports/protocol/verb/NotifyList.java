package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Lists the notifications that have been received (docs/protocol/atprotocol.md 3.14).
 *
 * @param from the first day, in UTC
 * @param to the last day; until now if empty
 * @param regex what a key, or its sender without {@code @}, must contain
 */
public record NotifyList(Optional<LocalDate> from, Optional<LocalDate> to, Optional<String> regex)
    implements Verb {
  public NotifyList {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(regex, "regex is null").ifPresent(OneLine::of);
    if (from.isEmpty() && to.isPresent()) {
      throw new IllegalArgumentException("A last day without a first one cannot be said");
    }
  }

  @Override
  public String toLine() {
    return "notify:list"
        + from.map(day -> ":" + day).orElse("")
        + to.map(day -> ":" + day).orElse("")
        + regex.map(text -> ":" + text).orElse("");
  }
}
