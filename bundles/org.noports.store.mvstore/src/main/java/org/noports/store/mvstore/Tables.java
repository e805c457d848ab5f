package org.noports.store.mvstore;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The maps of a file, one for each concern; {@link RowKeys} names their rows.
 *
 * @param about facts about the file itself: its format
 * @param spaces atSign → {@link Space}
 * @param entries atSign, key → {@link EntryRow}
 * @param log atSign, commit id → key; only each key's latest commit
 * @param due atSign, time, key → nothing: entries that expire, and deletions to be forgotten
 * @param queue atSign, due time, sequence → {@link ItemRow}
 * @param requests sequence → {@link RequestRow}
 */
record Tables(
    MVMap<byte[], byte[]> about,
    MVMap<byte[], byte[]> spaces,
    MVMap<byte[], byte[]> entries,
    MVMap<byte[], byte[]> log,
    MVMap<byte[], byte[]> due,
    MVMap<byte[], byte[]> queue,
    MVMap<byte[], byte[]> requests) {
  static final String ABOUT = "about";

  static Tables of(MVStore store) {
    return new Tables(
        map(store, ABOUT),
        map(store, "spaces"),
        map(store, "entries"),
        map(store, "log"),
        map(store, "due"),
        map(store, "queue"),
        map(store, "requests"));
  }

  private static MVMap<byte[], byte[]> map(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<byte[], byte[]>()
            .keyType(BytesType.INSTANCE)
            .valueType(BytesType.INSTANCE));
  }
}
