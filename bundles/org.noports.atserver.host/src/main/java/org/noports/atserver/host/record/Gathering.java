package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.StoreChange;

/**
 * Notifications with ids of ours on their way into the store: all that come before it takes them
 * are one row, and their ids are another. Thread-safe.
 */
final class Gathering {
  /** To take one out of a row the others are written again. */
  private static final int MOST_BYTES = 16 << 10;

  /** How far apart the times in a row may be; so what has a time is found near it. */
  static final long SPAN_MILLIS = 1_000;

  private final GivenIds ids;
  private Optional<Row> open = Optional.empty();

  /** A row that the store has not taken yet. */
  private static final class Row {
    final CompletableFuture<Boolean> kept = new CompletableFuture<>();
    final List<byte[]> lines = new ArrayList<>();
    final List<String> ids = new ArrayList<>();
    final long firstMillis;
    Arrival last;
    Instant expiresAt = Instant.MIN;
    int bytes;

    Row(Arrival first) {
      this.firstMillis = first.notification().told().epochMillis();
      this.last = first;
    }

    boolean takes(Arrival arrival, int more) {
      long millis = arrival.notification().told().epochMillis();
      return bytes + more <= MOST_BYTES
          && millis >= last.notification().told().epochMillis()
          && millis <= firstMillis + SPAN_MILLIS;
    }

    void add(Arrival arrival, byte[] line) {
      AtNotification notification = arrival.notification();
      lines.add(line);
      ids.add(notification.id());
      bytes += line.length;
      last = arrival;
      if (notification.expiresAt().isAfter(expiresAt)) {
        expiresAt = notification.expiresAt();
      }
    }
  }

  Gathering(GivenIds ids) {
    this.ids = requireNonNull(ids, "ids is null");
  }

  /** Completes with true when the disk has it. */
  CompletionStage<Boolean> add(AtSignStore store, Arrival arrival, byte[] json) {
    byte[] line = InboxRow.line(arrival, json);
    Row begun;
    synchronized (this) {
      if (open.isPresent() && open.get().takes(arrival, line.length)) {
        open.get().add(arrival, line);
        return open.get().kept;
      }
      begun = new Row(arrival);
      begun.add(arrival, line);
      open = Optional.of(begun);
    }
    submit(store, begun);
    return begun.kept;
  }

  private void submit(AtSignStore store, Row row) {
    try {
      store
          .gathered(Math.max(MOST_BYTES, row.bytes), () -> taken(row))
          .whenComplete(
              (result, failure) -> {
                close(row);
                if (failure == null) {
                  row.kept.complete(true);
                } else {
                  row.kept.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      close(row);
      row.kept.completeExceptionally(e);
    }
  }

  /** The store writes it: what comes now begins another one. */
  private List<StoreChange> taken(Row row) {
    close(row);
    return List.of(
        InboxRow.of(row.last, row.lines, row.expiresAt),
        ids.given(row.last, row.ids, row.expiresAt));
  }

  private synchronized void close(Row row) {
    open = open.filter(other -> other != row);
  }
}
