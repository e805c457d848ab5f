package org.noports.store.mvstore;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.BatchResult;

/**
 * Remembers what became of requests, so that one whose answer was lost can be repeated, even after
 * a crash: one row on disk for all that were answered together, and an index of them in memory.
 * Used by the commit thread only.
 */
final class RequestMemory {
  static final Duration KEPT = Duration.ofMinutes(10);

  private record Request(AtSign atSign, String requestId) {
    static Request of(RequestRow row) {
      return new Request(row.atSign(), row.requestId());
    }
  }

  private record Remembered(Group group, RequestRow row) {}

  /** Requests that were answered together and are forgotten together. */
  private static final class Group {
    final long sequence;
    final List<RequestRow> rows;

    Group(long sequence, List<RequestRow> rows) {
      this.sequence = sequence;
      this.rows = new ArrayList<>(rows);
    }

    boolean olderThan(long millis) {
      return rows.isEmpty() || rows.get(rows.size() - 1).atMillis() <= millis;
    }
  }

  private final Map<Request, Remembered> index = new HashMap<>();
  private final Deque<Group> groups = new ArrayDeque<>();

  /** The requests of the group of batches under way; its row is not written yet. */
  private Group current = new Group(1, List.of());

  /** Reads what was remembered. */
  RequestMemory(RowCursor cursor) {
    while (cursor.hasNext()) {
      long sequence = ByteBuffer.wrap(cursor.next()).getLong();
      Group group = new Group(sequence, RequestRow.decodeAll(cursor.value()));
      group.rows.forEach(row -> index.put(Request.of(row), new Remembered(group, row)));
      groups.add(group);
      current = new Group(sequence + 1, List.of());
    }
  }

  Optional<BatchResult> recall(AtSign atSign, String requestId, Instant now) {
    return Optional.ofNullable(index.get(new Request(atSign, requestId)))
        .map(Remembered::row)
        .filter(row -> row.atMillis() > now.minus(KEPT).toEpochMilli())
        .map(RequestRow::result);
  }

  void remember(Edit edit, AtSign atSign, String requestId, BatchResult result) {
    RequestRow row = new RequestRow(atSign, requestId, edit.now().toEpochMilli(), result);
    current.rows.add(row);
    index.put(Request.of(row), new Remembered(current, row));
  }

  /**
   * Writes down what was remembered for the group of batches under way. Forgets what is too old,
   * and the oldest of what is too many.
   */
  void finish(Edit edit, int most) {
    if (!current.rows.isEmpty()) {
      edit.put(
          Table.REQUESTS, RowKeys.request(current.sequence), RequestRow.encodeAll(current.rows));
      groups.add(current);
      current = new Group(current.sequence + 1, List.of());
    }
    long oldest = edit.now().minus(KEPT).toEpochMilli();
    while (groups.size() > 1 && (index.size() > most || groups.getFirst().olderThan(oldest))) {
      Group eldest = groups.removeFirst();
      edit.remove(Table.REQUESTS, RowKeys.request(eldest.sequence));
      eldest.rows.forEach(row -> drop(eldest, row));
    }
  }

  /** Forgets an atSign that is dropped. */
  void forget(Edit edit, AtSign atSign) {
    forget(current, atSign);
    for (Group group : groups) {
      if (forget(group, atSign)) {
        edit.put(Table.REQUESTS, RowKeys.request(group.sequence), RequestRow.encodeAll(group.rows));
      }
    }
  }

  private boolean forget(Group group, AtSign atSign) {
    return group.rows.removeIf(
        row -> {
          boolean gone = row.atSign().equals(atSign);
          if (gone) {
            drop(group, row);
          }
          return gone;
        });
  }

  /** A later request with the same id stays. */
  private void drop(Group group, RequestRow row) {
    index.computeIfPresent(Request.of(row), (request, last) -> last.group() == group ? null : last);
  }
}
