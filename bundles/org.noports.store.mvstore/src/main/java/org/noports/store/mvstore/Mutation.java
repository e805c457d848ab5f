package org.noports.store.mvstore;

import org.noports.api.StoreFailed;

/** A change on its way to disk; one of several that a commit carries. */
@FunctionalInterface
interface Mutation<T> {
  /**
   * Changes the maps in memory; all of it or nothing.
   *
   * @return the answer, to be given once the disk has the change
   * @throws StoreFailed if it cannot be, and nothing was changed
   */
  T apply(Edit edit) throws StoreFailed;
}
