package org.noports.tunnel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** How many of one kind a session may have at once; what is taken has to be given back. */
final class StreamPlaces {
  private final String what;
  private final String key;
  private final String where;
  private final IntSupplier most;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param what of which kind, in the plural
   * @param key the configuration's name for the limit
   * @param where the end whose configuration that is
   * @param most the limit as it is now
   */
  StreamPlaces(String what, String key, String where, IntSupplier most) {
    this.what = what;
    this.key = key;
    this.where = where;
    this.most = most;
  }

  boolean take() {
    if (taken.incrementAndGet() <= most.getAsInt()) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  void giveBack() {
    taken.decrementAndGet();
  }

  /** One sentence for who got none. */
  String exhausted() {
    return "the session has "
        + most.getAsInt()
        + " "
        + what
        + ", and no more are allowed at once: end one, or raise "
        + key
        + " in org.noports.tunnel.cfg on the "
        + where;
  }
}
