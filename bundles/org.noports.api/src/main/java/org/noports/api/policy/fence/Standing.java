package org.noports.api.policy.fence;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What became of the questions to one evaluator, and when it is not asked any more. */
final class Standing {
  private final Limits limits;
  private final LongSupplier nanos;
  private final Consumer<String> out;
  private Optional<String> trouble = Optional.empty();
  private long since;
  private int faults;
  private int stuck;

  /**
   * @param out hears why it is to be asked no more
   */
  Standing(Limits limits, LongSupplier nanos, Consumer<String> out) {
    this.limits = limits;
    this.nanos = nanos;
    this.out = out;
  }

  synchronized void answered() {
    faults = 0;
    trouble = Optional.empty();
  }

  /** It could not find out, and says so. */
  synchronized void excused(String why) {
    trouble = Optional.of(why);
  }

  void fault(String why) {
    if (isOneTooMany(why)) {
      out.accept("it failed " + limits.faults() + " times in a row and more, at last: " + why);
    }
  }

  private synchronized boolean isOneTooMany(String why) {
    trouble = Optional.of(why);
    since = faults == 0 ? nanos.getAsLong() : since;
    faults++;
    return faults >= limits.faults() && nanos.getAsLong() - since >= limits.misery().toNanos();
  }

  /** A thread did not come back in time. */
  synchronized void stuck() {
    stuck++;
  }

  /** It came back after all. */
  synchronized void returned() {
    stuck--;
  }

  /** Before each question: threads that came back after a moment's stand-still are none. */
  void look() {
    int now = stuckNow();
    if (now >= limits.stuck()) {
      out.accept(now + " threads have not come back from it");
    }
  }

  private synchronized int stuckNow() {
    return stuck;
  }

  synchronized Optional<String> trouble() {
    return trouble;
  }
}
