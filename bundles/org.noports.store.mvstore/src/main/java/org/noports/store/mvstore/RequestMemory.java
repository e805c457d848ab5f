package org.noports.store.mvstore;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.BatchResult;

/**
 * Remembers what became of requests, so that one whose answer was lost can be repeated, even after
 * a crash: rows on disk in the order of arrival, and an index of them in memory. Used by the commit
 * thread only.
 */
final class RequestMemory {
  static final Duration KEPT = Duration.ofMinutes(10);

  private record Request(AtSign atSign, String requestId) {}

  private record Remembered(long sequence, long atMillis, BatchResult result) {}

  private final LinkedHashMap<Request, Remembered> index = new LinkedHashMap<>();
  private long sequence;

  /** Reads what was remembered. */
  RequestMemory(RowCursor cursor) {
    while (cursor.hasNext()) {
      sequence = ByteBuffer.wrap(cursor.next()).getLong();
      RequestRow row = RequestRow.decode(cursor.value());
      index.put(
          new Request(row.atSign(), row.requestId()),
          new Remembered(sequence, row.atMillis(), row.result()));
    }
  }

  Optional<BatchResult> recall(AtSign atSign, String requestId, Instant now) {
    return Optional.ofNullable(index.get(new Request(atSign, requestId)))
        .filter(it -> it.atMillis() > now.minus(KEPT).toEpochMilli())
        .map(Remembered::result);
  }

  void remember(Edit edit, AtSign atSign, String requestId, BatchResult result) {
    Request request = new Request(atSign, requestId);
    forget(edit, index.remove(request));
    long millis = edit.now().toEpochMilli();
    index.put(request, new Remembered(++sequence, millis, result));
    edit.put(
        Table.REQUESTS,
        RowKeys.request(sequence),
        new RequestRow(atSign, requestId, millis, result).encode());
  }

  /** Forgets what is too old, and the oldest of what is too many. */
  void trim(Edit edit, int most) {
    long oldest = edit.now().minus(KEPT).toEpochMilli();
    Iterator<Map.Entry<Request, Remembered>> eldest = index.entrySet().iterator();
    while (eldest.hasNext()) {
      Remembered remembered = eldest.next().getValue();
      if (index.size() <= most && remembered.atMillis() > oldest) {
        return;
      }
      forget(edit, remembered);
      eldest.remove();
    }
  }

  /** Forgets an atSign that is dropped. */
  void forget(Edit edit, AtSign atSign) {
    index
        .entrySet()
        .removeIf(
            it -> {
              boolean gone = it.getKey().atSign().equals(atSign);
              if (gone) {
                forget(edit, it.getValue());
              }
              return gone;
            });
  }

  private static void forget(Edit edit, Remembered remembered) {
    if (remembered != null) {
      edit.remove(Table.REQUESTS, RowKeys.request(remembered.sequence()));
    }
  }
}
