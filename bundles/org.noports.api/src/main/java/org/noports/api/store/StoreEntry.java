package org.noports.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One key's latest state.
 *
 * <p>The arrays are not copied: nobody changes them.
 *
 * @param key lower case, at most 255 characters
 * @param value the value's bytes; empty for a deletion
 * @param metadata opaque to the store
 * @param visibleFrom before which the entry is invisible
 * @param expiresAt from which on it is invisible
 * @param version changes with each change of the key; compare for equality only
 * @param commitId of the key's latest logged change, from 1 on: ascending in one atSign, with gaps,
 *     never used again; -1 if none was logged
 * @param deleted whether the latest change is a deletion (only in a log)
 */
public record StoreEntry(
    String key,
    byte[] value,
    byte[] metadata,
    Optional<Instant> visibleFrom,
    Optional<Instant> expiresAt,
    long version,
    long commitId,
    boolean deleted) {
  public StoreEntry {
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    requireNonNull(metadata, "metadata is null");
    requireNonNull(visibleFrom, "visibleFrom is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  /** Whether the entry can be seen at {@code now}. */
  public boolean visibleAt(Instant now) {
    return !deleted
        && visibleFrom.map(from -> !now.isBefore(from)).orElse(true)
        && expiresAt.map(now::isBefore).orElse(true);
  }

  @Override
  public String toString() {
    return "StoreEntry[" + key + ", " + value.length + " bytes, commit " + commitId + "]";
  }
}
