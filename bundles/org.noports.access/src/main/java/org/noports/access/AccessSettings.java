package org.noports.access;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.access.AccessWish;

/**
 * As configured.
 *
 * @param askers who may ask; empty for anybody
 * @param longest what is granted at most
 * @param waiting after which nobody is shown a request any more
 * @param file where all is kept
 */
record AccessSettings(Optional<Set<AtSign>> askers, Duration longest, Duration waiting, Path file) {
  static final String PID = "org.noports.access";

  private static final int MOST_MINUTES = 43_200;

  AccessSettings {
    askers = askers.map(Set::copyOf);
    requireNonNull(longest, "longest is null");
    requireNonNull(waiting, "waiting is null");
    requireNonNull(file, "file is null");
  }

  static AccessSettings of(AccessConfig config) throws ConfigurationInvalid {
    try {
      return new AccessSettings(
          askers(config.askers()),
          minutes("mostMinutes", config.mostMinutes()),
          minutes("waitMinutes", config.waitMinutes()),
          Path.of(System.getProperty("karaf.base", ""))
              .resolve(config.file().strip())
              .toAbsolutePath()
              .normalize());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid(PID + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Set<AtSign>> askers(String text) {
    return text.strip().equals("*")
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(text.split(","))
                .filter(word -> !word.isBlank())
                .map(AtSign::of)
                .collect(Collectors.toSet()));
  }

  private static Duration minutes(String key, int count) {
    if (count < 1 || count > MOST_MINUTES) {
      throw new IllegalArgumentException(
          key + " = " + count + " is not between 1 and " + MOST_MINUTES);
    }
    return Duration.ofMinutes(count);
  }

  boolean hears(AtSign client) {
    return askers.map(some -> some.contains(client)).orElse(true);
  }

  /** What is granted at most to who asks for that. */
  Duration most(AccessWish wish) {
    return wish.length().compareTo(longest) < 0 ? wish.length() : longest;
  }

  /** Whether {@code client} is named; {@code *} makes nobody known. */
  boolean names(AtSign client) {
    return askers.filter(some -> some.contains(client)).isPresent();
  }

  /** For people. */
  String words() {
    return askers
        .map(
            some ->
                some.isEmpty()
                    ? "nobody"
                    : some.stream().sorted().map(AtSign::name).collect(Collectors.joining(", ")))
        .orElse("anybody");
  }
}
