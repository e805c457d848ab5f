package org.noports.transport;

/** How fast a {@link Splice} may go: told what has moved, on the splice's loop. */
@FunctionalInterface
public interface Pace {
  /** As fast as both sides can. */
  Pace FREE = bytes -> 0;

  /**
   * So many bytes have just moved.
   *
   * @return nanoseconds that the direction they came from is not read, 0 for none
   */
  long moved(long bytes);
}
