package org.noports.policy.host;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;

/**
 * A policy service as configured.
 *
 * @param atSign whom devices ask
 * @param devices whose devices are answered; empty for any
 * @param sharedAtSign whether others answer under the same atSign
 * @param within after which an undecided question is answered by no
 */
record HostSettings(
    AtSign atSign, Optional<Set<AtSign>> devices, boolean sharedAtSign, Duration within) {
  private static final String ANY = "*";

  HostSettings {
    requireNonNull(atSign, "atSign is null");
    devices = devices.map(Set::copyOf);
    requireNonNull(within, "within is null");
  }

  /** Reads the configuration; empty if there is to be no policy service. */
  static Optional<HostSettings> of(HostConfig config) throws ConfigurationInvalid {
    if (config.atSign().isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new HostSettings(
              AtSign.of(config.atSign()),
              devices(config.devices()),
              config.sharedAtSign(),
              within(config.decideSeconds())));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid(PolicyHost.PID + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Set<AtSign>> devices(String text) {
    return text.strip().equals(ANY)
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(text.split(","))
                .filter(word -> !word.isBlank())
                .map(AtSign::of)
                .collect(Collectors.toSet()));
  }

  private static Duration within(int seconds) {
    if (seconds < 1 || seconds > 9) {
      throw new IllegalArgumentException("decideSeconds = " + seconds + " is not between 1 and 9");
    }
    return Duration.ofSeconds(seconds);
  }

  /** Whether devices of {@code atSign} are answered. */
  boolean serves(AtSign device) {
    return devices.map(served -> served.contains(device)).orElse(true);
  }

  /** For people. */
  String served() {
    return devices
        .map(some -> some.stream().sorted().map(AtSign::name).collect(Collectors.joining(", ")))
        .orElse("any atSign");
  }
}
