package org.noports.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A claimed item of the outgoing queue.
 *
 * @param id the item's own id
 * @param recipient which receiver it waits for
 * @param payload opaque to the store; not copied
 * @param attempts how often it was claimed, this time included
 * @param expiresAt after which it need not be sent
 * @param token proves the claim when it is settled
 */
public record QueueItem(
    String id, String recipient, byte[] payload, int attempts, Instant expiresAt, String token) {
  public QueueItem {
    requireNonNull(id, "id is null");
    requireNonNull(recipient, "recipient is null");
    requireNonNull(payload, "payload is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(token, "token is null");
  }
}
