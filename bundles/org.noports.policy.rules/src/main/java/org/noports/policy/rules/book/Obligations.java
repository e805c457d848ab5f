package org.noports.policy.rules.book;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.noports.api.policy.Requirement;

/**
 * What a session has to be and do to keep its permission.
 *
 * @param require against quantum computers
 * @param maxSession how long it may last at most
 * @param record whether it has to be recorded
 */
public record Obligations(Requirement require, Optional<Duration> maxSession, boolean record) {
  /** None. */
  public static final Obligations NONE = new Obligations(Requirement.NONE, Optional.empty(), false);

  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  public Obligations {
    requireNonNull(require, "require is null");
    requireNonNull(maxSession, "maxSession is null");
  }

  /** What both say: in each the stricter. */
  public Obligations and(Obligations other) {
    return new Obligations(
        require.and(other.require),
        Stream.of(maxSession, other.maxSession).flatMap(Optional::stream).min(Duration::compareTo),
        record || other.record);
  }

  /** Reads {@code 30s}, {@code 15m}, {@code 1h} or {@code 7d}. */
  static Duration length(String text) {
    Matcher parts = LENGTH.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no length: expected 30s, 15m, 1h, 7d");
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
