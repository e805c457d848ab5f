package org.noports.relay.server;

/** How fast a count grows, as somebody looks at it now and then. */
final class ByteRate {
  private static final long SECOND = 1_000_000_000;

  private long countThen;
  private long then;
  private long perSecond;

  /** Begins with a count of 0. */
  ByteRate(long now) {
    then = now;
  }

  /** A second since the last look that was a second after its own last, and so on. */
  synchronized long perSecond(long count, long now) {
    long passed = now - then;
    if (passed >= SECOND) {
      perSecond = Math.round((double) (count - countThen) / passed * SECOND);
      countThen = count;
      then = now;
    }
    return perSecond;
  }
}
