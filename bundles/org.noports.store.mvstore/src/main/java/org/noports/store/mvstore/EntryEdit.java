package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.StoreChange;

/** Changes entries of one atSign together with all that points to them: log and due times. */
final class EntryEdit {
  private static final byte[] NOTHING = new byte[0];

  private final Edit edit;
  private final AtSign atSign;
  private final Map<String, Optional<EntryRow>> looked;
  private Space space;

  EntryEdit(Edit edit, AtSign atSign, Space space) {
    this(edit, atSign, space, new HashMap<>());
  }

  /**
   * The same.
   *
   * @param looked rows that were looked at already, as they are; taken out when they change
   */
  EntryEdit(Edit edit, AtSign atSign, Space space, Map<String, Optional<EntryRow>> looked) {
    this.edit = edit;
    this.atSign = atSign;
    this.space = space;
    this.looked = looked;
  }

  private Optional<EntryRow> before(String key) {
    Optional<EntryRow> known = looked.remove(key);
    return known == null ? edit.row(atSign, key) : known;
  }

  /** Stores an entry; its commit id, or {@link EntryRow#UNLOGGED}. */
  long put(StoreChange.Put put) {
    boolean fresh = put.precondition() instanceof StoreChange.Precondition.Fresh && !put.logged();
    Optional<EntryRow> before = fresh ? Optional.empty() : before(put.key());
    unlink(put.key(), before, put.logged());
    long commitId = commitId(before, put.logged());
    link(
        put.key(),
        new EntryRow(
            false,
            put.immutable(),
            fresh && put.expiresAt().isPresent(),
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
    Optional<EntryRow> before = before(key);
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
            false,
            space.lastVersion(),
            commitId,
            EntryRow.ALWAYS,
            forgetAt,
            NOTHING,
            NOTHING));
    return commitId;
  }

  /**
   * Deletes what has expired, and forgets a deletion that was remembered long enough; nothing if
   * neither is under the key any more.
   *
   * @return whether something has expired
   */
  boolean expire(String key) {
    Optional<EntryRow> row =
        edit.row(atSign, key).filter(it -> it.dueMillis() <= edit.now().toEpochMilli());
    if (row.isPresent() && row.get().deleted()) {
      forget(key, row.get());
    } else if (row.isPresent()) {
      looked.put(key, row);
      delete(key, row.get().commitId() != EntryRow.UNLOGGED);
    }
    return row.filter(it -> !it.deleted()).isPresent();
  }

  /** The log no longer tells of it. */
  private void forget(String key, EntryRow deletion) {
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
          if (row.dueMillis() != EntryRow.NEVER && !row.duePooled()) {
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
    if (row.duePooled()) {
      edit.dues().add(atSign, row.dueMillis(), key);
    } else if (row.dueMillis() != EntryRow.NEVER) {
      edit.put(Table.DUE, RowKeys.due(atSign, row.dueMillis(), key), NOTHING);
    }
    if (row.commitId() != EntryRow.UNLOGGED) {
      edit.put(Table.LOG, RowKeys.log(atSign, row.commitId()), key.getBytes(UTF_8));
    }
  }
}
