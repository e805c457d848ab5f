package org.noports.directory.server;

/**
 * One connection as {@link Callers} counts it.
 *
 * @param outcome whether it may stay
 * @param waitNanos until it is greeted
 */
record Visit(Callers callers, ClientAddress address, Outcome outcome, long waitNanos) {
  /** What becomes of a connection. */
  enum Outcome {
    GREETED,
    TURNED_AWAY
  }

  /** An unknown name was asked for; false if its address has no budget left. */
  boolean miss() {
    return callers.miss(address);
  }

  void end() {
    callers.leave(address);
  }
}
