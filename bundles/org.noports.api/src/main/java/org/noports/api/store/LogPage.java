package org.noports.api.store;

import java.util.List;

/**
 * A stretch of the log.
 *
 * @param entries in commit order
 * @param resync true if the log no longer reaches back to where it was asked from: read all again
 */
public record LogPage(List<StoreEntry> entries, boolean resync) {
  public LogPage {
    entries = List.copyOf(entries);
  }
}
