package org.noports.store.mvstore;

import java.nio.ByteBuffer;

/**
 * What is known of one atSign's space as a whole.
 *
 * @param dropped whether its data is gone; the row stays, so that no commit id is given twice
 * @param lastCommit the highest commit id given
 * @param lastVersion the highest version given
 * @param lastItem the highest number given to a queued item
 * @param queued how many items the queue holds
 * @param floor the lowest commit id from which the log is complete
 */
record Space(
    boolean dropped, long lastCommit, long lastVersion, long lastItem, long queued, long floor) {
  static final Space NEW = new Space(false, 0, 0, 0, 0, 0);

  private static final int BYTES = 1 + 5 * Long.BYTES;

  static Space decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Space(
        in.get() != 0, in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .put((byte) (dropped ? 1 : 0))
        .putLong(lastCommit)
        .putLong(lastVersion)
        .putLong(lastItem)
        .putLong(queued)
        .putLong(floor)
        .array();
  }

  Space withCommit() {
    return new Space(dropped, lastCommit + 1, lastVersion, lastItem, queued, floor);
  }

  Space withVersion() {
    return new Space(dropped, lastCommit, lastVersion + 1, lastItem, queued, floor);
  }

  Space withItem() {
    return new Space(dropped, lastCommit, lastVersion, lastItem + 1, queued + 1, floor);
  }

  Space lessItems(long gone) {
    return new Space(dropped, lastCommit, lastVersion, lastItem, queued - gone, floor);
  }

  /** The log no longer tells of a change up to {@code commitId}. */
  Space forgotten(long commitId) {
    return new Space(dropped, lastCommit, lastVersion, lastItem, queued, Math.max(floor, commitId));
  }

  /** Whoever has read up to any commit so far must read all again. */
  Space gone() {
    return new Space(true, lastCommit + 1, lastVersion, lastItem, 0, lastCommit + 1);
  }

  Space made() {
    return new Space(false, lastCommit, lastVersion, lastItem, queued, floor);
  }

  /**
   * This space in place of another one of the same atSign: no number that {@code before} gave is
   * given again, and whoever has read up to there must read all again.
   */
  Space after(Space before) {
    long commit = Math.max(lastCommit, before.lastCommit + 1);
    return new Space(
        false,
        commit,
        Math.max(lastVersion, before.lastVersion),
        Math.max(lastItem, before.lastItem),
        queued,
        Math.max(floor, before.lastCommit + 1));
  }

  /** Whether a reader that knows all up to {@code commitId} cannot go on from there. */
  boolean lost(long commitId) {
    return commitId > 0 && (commitId < floor || commitId > lastCommit);
  }
}
