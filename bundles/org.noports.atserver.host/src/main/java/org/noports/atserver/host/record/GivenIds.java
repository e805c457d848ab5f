package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.noports.api.store.StoreChange;

/**
 * Which ids an atSign's notifications to itself were given by us: those that were stored together
 * are one row, found by the time that each of them tells.
 */
final class GivenIds {
  private static final String PREFIX = KeyNames.OWN + "ids:";
  private static final int BYTES = 2 * Long.BYTES;

  private final Records records;

  GivenIds(Records records) {
    this.records = requireNonNull(records, "records is null");
  }

  /**
   * A change that stores them.
   *
   * @param last the last one
   * @param expiresAt when the last notification expires; they are known for longer
   */
  StoreChange given(Arrival last, List<String> ids, Instant expiresAt) {
    ByteBuffer bytes = ByteBuffer.allocate(ids.size() * BYTES);
    for (String id : ids) {
      UUID uuid = UUID.fromString(id);
      bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }
    return InboxRow.fresh(
        PREFIX + InboxRow.place(last), bytes.array(), expiresAt.plus(Outbox.REMEMBERED));
  }

  /** Whether we gave this id to a notification that may still be asked for. */
  CompletionStage<Boolean> has(String id) {
    Optional<Long> millis = NotificationIds.millis(id);
    if (millis.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    UUID wanted = UUID.fromString(id);
    AtomicBoolean found = new AtomicBoolean();
    return TimeRange.around(PREFIX, millis.get())
        .each(records.store(), row -> found.compareAndSet(false, holds(row.value(), wanted)))
        .thenApply(done -> found.get());
  }

  private static boolean holds(byte[] row, UUID wanted) {
    ByteBuffer ids = ByteBuffer.wrap(row);
    while (ids.remaining() >= BYTES) {
      if (new UUID(ids.getLong(), ids.getLong()).equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
