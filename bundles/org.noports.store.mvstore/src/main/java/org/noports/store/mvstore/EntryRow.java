package org.noports.store.mvstore;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.noports.api.store.StoreEntry;

/**
 * One key's latest state, as it lies on disk. Times are milliseconds of the Unix epoch.
 *
 * @param deleted whether the latest change is a deletion
 * @param immutable whether it was stored as one that is not to be changed
 * @param duePooled whether its due time is written down together with those of others, see {@link
 *     DuePool}
 * @param version changes with each change
 * @param commitId of the latest logged change, or {@link #UNLOGGED}
 * @param fromMillis before which the entry is invisible; {@link Long#MIN_VALUE} for always
 * @param dueMillis when the entry expires or, if deleted, may be forgotten; {@link Long#MAX_VALUE}
 *     for never
 * @param metadata opaque
 * @param value opaque
 */
record EntryRow(
    boolean deleted,
    boolean immutable,
    boolean duePooled,
    long version,
    long commitId,
    long fromMillis,
    long dueMillis,
    byte[] metadata,
    byte[] value) {
  /** The commit id of what no other device needs to sync. */
  static final long UNLOGGED = -1;

  static final long ALWAYS = Long.MIN_VALUE;
  static final long NEVER = Long.MAX_VALUE;

  private static final int DELETED = 1;
  private static final int IMMUTABLE = 2;
  private static final int DUE_POOLED = 4;
  private static final int HEAD = 1 + 4 * Long.BYTES + Integer.BYTES;

  static EntryRow decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int flags = in.get();
    long version = in.getLong();
    long commitId = in.getLong();
    long fromMillis = in.getLong();
    long dueMillis = in.getLong();
    byte[] metadata = new byte[in.getInt()];
    in.get(metadata);
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return new EntryRow(
        (flags & DELETED) != 0,
        (flags & IMMUTABLE) != 0,
        (flags & DUE_POOLED) != 0,
        version,
        commitId,
        fromMillis,
        dueMillis,
        metadata,
        value);
  }

  byte[] encode() {
    return ByteBuffer.allocate(HEAD + metadata.length + value.length)
        .put((byte) flags())
        .putLong(version)
        .putLong(commitId)
        .putLong(fromMillis)
        .putLong(dueMillis)
        .putInt(metadata.length)
        .put(metadata)
        .put(value)
        .array();
  }

  private int flags() {
    return (deleted ? DELETED : 0) | (immutable ? IMMUTABLE : 0) | (duePooled ? DUE_POOLED : 0);
  }

  /** The same with a due time written down for it alone. */
  EntryRow dueAlone() {
    return new EntryRow(
        deleted, immutable, false, version, commitId, fromMillis, dueMillis, metadata, value);
  }

  /** Whether something is stored at {@code now}, be it visible yet or not. */
  boolean presentAt(Instant now) {
    return !deleted && now.toEpochMilli() < dueMillis;
  }

  StoreEntry entry(String key) {
    return new StoreEntry(
        key,
        value,
        metadata,
        fromMillis == ALWAYS ? Optional.empty() : Optional.of(Instant.ofEpochMilli(fromMillis)),
        deleted || dueMillis == NEVER
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(dueMillis)),
        version,
        commitId,
        deleted);
  }
}
