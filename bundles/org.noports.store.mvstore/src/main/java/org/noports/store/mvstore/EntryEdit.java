package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.StoreChange;

/** Changes entries of one atSign together with all that points to them: log and due times. */
final class EntryEdit {
  private static final byte[] NOTHING = new byte[0];

  private final Edit edit;
  private final AtSign atSign;
  private Space space;

  EntryEdit(Edit edit, AtSign atSign, Space space) {
    this.edit = edit;
    this.atSign = atSign;
    this.space = space;
  }

  /** Stores an entry; its commit id, or {@link EntryRow#UNLOGGED}. */
  long put(StoreChange.Put put) {
    Optional<EntryRow> before = edit.row(atSign, put.key());
    unlink(put.key(), before, put.logged());
    long commitId = commitId(before, put.logged());
    link(
        put.key(),
        new EntryRow(
            false,
            put.immutable(),
            space.lastVersion(),
            commitId,
            put.visibleFrom().map(Instant::toEpochMilli).orElse(EntryRow.ALWAYS),
            put.expiresAt().map(Instant::toEpochMilli).orElse(EntryRow.NEVER),
            put.metadata(),
            put.value()));
    return put.logged() ? commitId : EntryRow.UNLOGGED;
  }

  /** Deletes an entry; a logged deletion leaves a row that tells of it. */
  long delete(String key, boolean logged) {
    Optional<EntryRow> before = edit.row(atSign, key);
    unlink(key, before, true);
    if (!logged) {
      edit.remove(Table.ENTRIES, RowKeys.entry(atSign, key));
      return EntryRow.UNLOGGED;
    }
    long forgetAt = edit.forgetAtMillis();
    long commitId = commitId(before, true);
    link(
        key,
        new EntryRow(
            true,
            false,
            space.lastVersion(),
            commitId,
            EntryRow.ALWAYS,
            forgetAt,
            NOTHING,
            NOTHING));
    return commitId;
  }

  /** Forgets a deletion: the log no longer tells of it. */
  void forget(String key, EntryRow deletion) {
    unlink(key, Optional.of(deletion), true);
    edit.remove(Table.ENTRIES, RowKeys.entry(atSign, key));
    space = space.forgotten(deletion.commitId());
  }

  void enqueue(StoreChange.Enqueue item) {
    space = space.withItem();
    edit.put(
        Table.QUEUE,
        RowKeys.item(atSign, item.dueAt().toEpochMilli(), space.lastItem()),
        new ItemRow(item.id(), item.recipient(), item.payload(), 0, item.expiresAt().toEpochMilli())
            .encode());
  }

  void save() {
    edit.save(atSign, space);
  }

  private long commitId(Optional<EntryRow> before, boolean logged) {
    space = space.withVersion();
    if (logged) {
      space = space.withCommit();
      return space.lastCommit();
    }
    return before.map(EntryRow::commitId).orElse(EntryRow.UNLOGGED);
  }

  private void unlink(String key, Optional<EntryRow> before, boolean fromLog) {
    before.ifPresent(
        row -> {
          if (row.dueMillis() != EntryRow.NEVER) {
            edit.remove(Table.DUE, RowKeys.due(atSign, row.dueMillis(), key));
          }
          if (fromLog && row.commitId() != EntryRow.UNLOGGED) {
            edit.remove(Table.LOG, RowKeys.log(atSign, row.commitId()));
          }
        });
  }

  private void link(String key, EntryRow row) {
    link(edit, atSign, key, row);
  }

  /** Stores a row and all that points to it. */
  static void link(Edit edit, AtSign atSign, String key, EntryRow row) {
    edit.put(Table.ENTRIES, RowKeys.entry(atSign, key), row.encode());
    if (row.dueMillis() != EntryRow.NEVER) {
      edit.put(Table.DUE, RowKeys.due(atSign, row.dueMillis(), key), NOTHING);
    }
    if (row.commitId() != EntryRow.UNLOGGED) {
      edit.put(Table.LOG, RowKeys.log(atSign, row.commitId()), key.getBytes(UTF_8));
    }
  }
}
