package org.noports.api.health;

import static java.util.Objects.requireNonNull;

/**
 * How a part is.
 *
 * @param status whether it does its work
 * @param message one sentence: what it does now, or what is wrong and what to do
 */
public record Health(Status status, String message) {
  /** Whether a part does its work. */
  public enum Status {
    /** It does. */
    OK,
    /** It does in part, or is healing by itself. */
    DEGRADED,
    /** It does not. */
    DOWN
  }

  public Health {
    requireNonNull(status, "status is null");
    requireNonNull(message, "message is null");
  }

  public static Health ok(String message) {
    return new Health(Status.OK, message);
  }

  public static Health degraded(String message) {
    return new Health(Status.DEGRADED, message);
  }

  public static Health down(String message) {
    return new Health(Status.DOWN, message);
  }
}
