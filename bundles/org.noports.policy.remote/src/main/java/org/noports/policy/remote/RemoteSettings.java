package org.noports.policy.remote;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;

/**
 * Whom to ask, as configured.
 *
 * @param policy the policy service's atSign
 * @param ask how long an answer is waited for
 * @param keep how long an answer counts for the same question
 */
record RemoteSettings(AtSign policy, Duration ask, Duration keep) {
  RemoteSettings {
    requireNonNull(policy, "policy is null");
    requireNonNull(ask, "ask is null");
    requireNonNull(keep, "keep is null");
  }

  /** Reads the configuration; empty if nobody is to be asked. */
  static Optional<RemoteSettings> of(RemoteConfig config) throws ConfigurationInvalid {
    if (config.policyAtSign().isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RemoteSettings(
              AtSign.of(config.policyAtSign()),
              seconds("askSeconds", config.askSeconds(), 1, 9),
              seconds("keepSeconds", config.keepSeconds(), 0, 300)));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid(RemotePolicy.PID + ": " + e.getMessage(), e);
    }
  }

  private static Duration seconds(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " = " + value + " is not between " + least + " and " + most);
    }
    return Duration.ofSeconds(value);
  }
}
