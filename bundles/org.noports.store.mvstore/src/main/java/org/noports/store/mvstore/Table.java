package org.noports.store.mvstore;

/**
 * The tables of a store, one for each concern; {@link RowKeys} names their rows. Their order is
 * their number in the journal: new ones go last.
 */
enum Table {
  /** Facts about the store itself: format, id, how much of the journal is in the file. */
  ABOUT,
  /** atSign → {@link Space}. */
  SPACES,
  /** atSign, key → {@link EntryRow}. */
  ENTRIES,
  /** atSign, commit id → key; only each key's latest commit. */
  LOG,
  /** atSign, time, key → nothing: entries that expire, and deletions to be forgotten. */
  DUE,
  /** atSign, due time, sequence → {@link ItemRow}. */
  QUEUE,
  /** Sequence → the {@link RequestRow}s that one commit answered. */
  REQUESTS;

  private static final Table[] ALL = values();

  /** The table with this number. */
  static Table of(int number) {
    return ALL[number];
  }

  /** What the file calls it. */
  String mapName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
