package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.noports.api.StoreFailed;
import org.noports.api.store.StoreChange;

/** What fits into the store. */
final class Limits {
  static final int KEY_CHARACTERS = 255;
  static final int VALUE_BYTES = 16 << 20;
  private static final int REQUEST_ID_CHARACTERS = 255;

  private Limits() {}

  static void key(String key) {
    if (key.isEmpty() || key.length() > KEY_CHARACTERS || !UTF_8.newEncoder().canEncode(key)) {
      throw new IllegalArgumentException(
          "A key has 1 to " + KEY_CHARACTERS + " characters, this one " + key.length());
    }
  }

  static String requestId(String requestId) {
    if (requestId.isEmpty() || requestId.length() > REQUEST_ID_CHARACTERS) {
      throw new IllegalArgumentException(
          "A request id has 1 to " + REQUEST_ID_CHARACTERS + " characters");
    }
    return requestId;
  }

  static void count(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + ", expected at least 1");
    }
  }

  /** Checks keys and sizes. */
  static Optional<StoreFailed> tooLarge(List<StoreChange> changes) {
    for (StoreChange change : changes) {
      if (change instanceof StoreChange.Put put) {
        key(put.key());
      } else if (change instanceof StoreChange.Delete delete) {
        key(delete.key());
      }
      long bytes = bytes(change);
      if (bytes > VALUE_BYTES) {
        return Optional.of(
            new StoreFailed(
                "A value of " + bytes + " bytes is too large; at most " + VALUE_BYTES + " fit"));
      }
    }
    return Optional.empty();
  }

  static long bytes(List<StoreChange> changes) {
    return changes.stream().mapToLong(Limits::bytes).sum();
  }

  private static long bytes(StoreChange change) {
    if (change instanceof StoreChange.Put put) {
      return (long) put.value().length + put.metadata().length;
    }
    return change instanceof StoreChange.Enqueue item ? item.payload().length : 0;
  }
}
