package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a session has to be and do to keep its permission. Whoever enforces a {@link
 * Decision.Permit} fulfils all of them, or denies.
 *
 * @param require against quantum computers
 * @param maxSession how long it may last at most
 * @param record whether it has to be recorded
 * @param others what else an evaluator asks for, by name; nobody here knows them, so each denies
 */
public record Obligations(
    Requirement require, Optional<Duration> maxSession, boolean record, Set<String> others) {
  /** None. */
  public static final Obligations NONE =
      new Obligations(Requirement.NONE, Optional.empty(), false, Set.of());

  private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  public Obligations {
    requireNonNull(require, "require is null");
    requireNonNull(maxSession, "maxSession is null");
    others = Set.copyOf(others);
  }

  /** Without any that nobody here knows. */
  public Obligations(Requirement require, Optional<Duration> maxSession, boolean record) {
    this(require, maxSession, record, Set.of());
  }

  /** What both say: in each the stricter. */
  public Obligations and(Obligations more) {
    Set<String> all = new TreeSet<>(others);
    all.addAll(more.others);
    return new Obligations(
        require.and(more.require),
        Stream.of(maxSession, more.maxSession).flatMap(Optional::stream).min(Duration::compareTo),
        record || more.record,
        all);
  }

  /** What all of them say together. */
  public static Obligations all(Collection<Obligations> several) {
    return several.stream().reduce(NONE, Obligations::and);
  }

  /**
   * Reads {@code 30s}, {@code 15m}, {@code 1h} or {@code 7d}.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static Duration length(String text) {
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
