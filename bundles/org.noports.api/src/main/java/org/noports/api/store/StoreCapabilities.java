package org.noports.api.store;

import static java.util.Objects.requireNonNull;

/**
 * What an engine promises: for start-up logs and tests, not for branching.
 *
 * @param survives what an acknowledged write survives
 * @param maxValueBytes the largest value
 * @param shared whether several processes may use the store at once
 */
public record StoreCapabilities(Durability survives, int maxValueBytes, boolean shared) {
  /** What an acknowledged write survives; each includes those before. */
  public enum Durability {
    NOTHING,
    PROCESS_CRASH,
    MACHINE_CRASH,
    NODE_LOSS
  }

  public StoreCapabilities {
    requireNonNull(survives, "survives is null");
  }
}
