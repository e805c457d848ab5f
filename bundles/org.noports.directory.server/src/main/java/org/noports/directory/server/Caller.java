package org.noports.directory.server;

/**
 * One client address: its connections, and its budget of unknown names, which comes back with time.
 * Guarded by {@link Callers}.
 */
final class Caller {
  private static final double NANOS_PER_MINUTE = 60e9;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private int connections;
  private double missed;
  private long counted;
  private long nextGreeting;

  Caller(long now) {
    counted = now;
    nextGreeting = now;
  }

  int connections() {
    return connections;
  }

  void arrive() {
    connections++;
  }

  void leave() {
    connections--;
  }

  /** Counts an unknown name; false if there was no budget left for it. */
  boolean miss(long now, CallerLimits limits) {
    boolean free = !isGuarded(now, limits);
    if (free) {
      missed++;
    }
    return free;
  }

  boolean isGuarded(long now, CallerLimits limits) {
    refill(now, limits);
    return missed + 1 > limits.missesAtOnce();
  }

  boolean isWhole(long now, CallerLimits limits) {
    refill(now, limits);
    return missed == 0;
  }

  private void refill(long now, CallerLimits limits) {
    double back = (now - counted) / NANOS_PER_MINUTE * limits.missesPerMinute();
    missed = Math.max(0, missed - back);
    counted = now;
  }

  /** How long until the next prompt under guard. */
  long untilGreeting(long now) {
    return Math.max(0, nextGreeting - now);
  }

  /** Takes the next place among the prompts under guard. */
  void takeGreeting(long now, CallerLimits limits) {
    nextGreeting = now + untilGreeting(now) + NANOS_PER_SECOND / limits.guardedGreetingsPerSecond();
  }
}
