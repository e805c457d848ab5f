package org.noports.policy.remote;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.Obligations;

/**
 * Whom to ask, as configured.
 *
 * @param policy the policy service's atSign
 * @param ask how long an answer is waited for
 * @param keep how long an answer counts for the same question
 * @param again after which a permit is asked for again at the latest
 * @param snapshotAge how old rules may be to be decided by while the service does not answer
 * @param snapshots the folder of the rules that were sent
 */
record RemoteSettings(
    AtSign policy,
    Duration ask,
    Duration keep,
    Duration again,
    Duration snapshotAge,
    Path snapshots) {
  RemoteSettings {
    requireNonNull(policy, "policy is null");
    requireNonNull(ask, "ask is null");
    requireNonNull(keep, "keep is null");
    requireNonNull(again, "again is null");
    requireNonNull(snapshotAge, "snapshotAge is null");
    requireNonNull(snapshots, "snapshots is null");
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
              seconds("keepSeconds", config.keepSeconds(), 0, 300),
              seconds("againSeconds", config.againSeconds(), 10, 86_400),
              age(config.snapshotAge()),
              folder(config.snapshots())));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid(RemotePolicy.PID + ": " + e.getMessage(), e);
    }
  }

  private static Duration age(String text) {
    try {
      return Obligations.length(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("snapshotAge: " + e.getMessage(), e);
    }
  }

  /** Relative to the Karaf instance, whatever folder it was started in. */
  private static Path folder(String text) {
    return Path.of(System.getProperty("karaf.base", "")).resolve(text.strip()).toAbsolutePath();
  }

  private static Duration seconds(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " = " + value + " is not between " + least + " and " + most);
    }
    return Duration.ofSeconds(value);
  }
}
