package org.noports.api.policy.fence;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a third party's evaluator may do wrong before it is not asked any more.
 *
 * @param patience for each answer
 * @param stuck threads that have not come back from its code
 * @param faults in a row: it threw, gave nothing or nonsense, or was late
 * @param misery for which nothing but faults came, so that a machine that stood still for a moment
 *     puts nobody out
 */
public record Limits(Duration patience, int stuck, int faults, Duration misery) {
  /** A device waits ten seconds for all evaluators, unless it is configured otherwise. */
  public static final Limits USUAL =
      new Limits(Duration.ofSeconds(5), 3, 10, Duration.ofSeconds(30));

  public Limits {
    requireNonNull(patience, "patience is null");
    requireNonNull(misery, "misery is null");
  }
}
