package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Asks for notifications as they come; there is no answer but them (docs/protocol/atprotocol.md
 * 3.15).
 *
 * @param strict whether nothing else is wanted
 * @param selfNotifications whether those to ourselves are wanted
 * @param multiplexed whether the connection carries other verbs too
 * @param epochMillis since when stored ones are wanted; empty for new ones only
 * @param regex what a key, or its sender without {@code @}, must contain
 */
public record Monitor(
    boolean strict,
    boolean selfNotifications,
    boolean multiplexed,
    Optional<Long> epochMillis,
    Optional<String> regex)
    implements Verb {
  public Monitor {
    requireNonNull(epochMillis, "epochMillis is null");
    regex.ifPresent(OneLine::of);
  }

  /** All that were stored since a time, and all that come. */
  public static Monitor since(long epochMillis) {
    return new Monitor(false, false, false, Optional.of(epochMillis), Optional.empty());
  }

  @Override
  public String toLine() {
    return "monitor"
        + (strict ? ":strict" : "")
        + (selfNotifications ? ":selfNotifications" : "")
        + (multiplexed ? ":multiplexed" : "")
        + epochMillis.map(millis -> ":" + millis).orElse("")
        + regex.map(text -> " " + text).orElse("");
  }
}
