package org.noports.api.store;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What became of a batch. */
public sealed interface BatchResult {
  /**
   * All changes happened.
   *
   * @param commitIds one for each change, in order; -1 for those that take none
   */
  record Applied(List<Long> commitIds) implements BatchResult {
    public Applied {
      commitIds = List.copyOf(commitIds);
    }
  }

  /**
   * None happened: a precondition did not hold.
   *
   * @param change the index of the change
   * @param key its key
   */
  record Refused(int change, String key) implements BatchResult {
    public Refused {
      requireNonNull(key, "key is null");
    }
  }
}
