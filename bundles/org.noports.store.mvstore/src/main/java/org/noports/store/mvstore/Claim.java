package org.noports.store.mvstore;

import java.util.Optional;
import org.noports.api.AtSign;

/**
 * Where a claimed item lies, and which claim of it this is; as a token it leaves the store.
 *
 * @param dueMillis when the lease ends
 * @param sequence the item's number in its queue
 * @param attempt which claim of the item
 */
record Claim(long dueMillis, long sequence, int attempt) {
  static Optional<Claim> of(String token) {
    String[] parts = token.split("-", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Claim(
              Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  String token() {
    return dueMillis + "-" + sequence + "-" + attempt;
  }

  byte[] row(AtSign atSign) {
    return RowKeys.item(atSign, dueMillis, sequence);
  }
}
