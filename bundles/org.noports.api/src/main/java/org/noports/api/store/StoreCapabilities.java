package org.noports.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What an engine promises: for start-up logs and tests, not for branching.
 *
 * @param survives what an acknowledged write survives
 * @param maxValueBytes the largest value
 * @param shared whether several processes may use the store at once
 * @param hintDelay how late a hint is as a rule; some may never come
 */
public record StoreCapabilities(
    Durability survives, int maxValueBytes, boolean shared, Duration hintDelay) {
  /** What an acknowledged write survives; each includes those before. */
  public enum Durability {
    NOTHING,
    PROCESS_CRASH,
    MACHINE_CRASH,
    NODE_LOSS
  }

  public StoreCapabilities {
    requireNonNull(survives, "survives is null");
    requireNonNull(hintDelay, "hintDelay is null");
  }
}
