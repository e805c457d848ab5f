package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * One item of an outgoing queue, as it lies on disk; its due time is part of its row's key.
 *
 * @param id the item's own id
 * @param recipient which receiver it waits for
 * @param payload opaque
 * @param attempts how often it was claimed
 * @param expiresMillis after which it need not be sent
 */
record ItemRow(String id, String recipient, byte[] payload, int attempts, long expiresMillis) {
  private static final int HEAD = 4 * Integer.BYTES + Long.BYTES;

  static ItemRow decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int attempts = in.getInt();
    long expiresMillis = in.getLong();
    String id = new String(part(in), UTF_8);
    String recipient = new String(part(in), UTF_8);
    return new ItemRow(id, recipient, part(in), attempts, expiresMillis);
  }

  private static byte[] part(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  byte[] encode() {
    byte[] idBytes = id.getBytes(UTF_8);
    byte[] recipientBytes = recipient.getBytes(UTF_8);
    return ByteBuffer.allocate(HEAD + idBytes.length + recipientBytes.length + payload.length)
        .putInt(attempts)
        .putLong(expiresMillis)
        .putInt(idBytes.length)
        .put(idBytes)
        .putInt(recipientBytes.length)
        .put(recipientBytes)
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  ItemRow claimed() {
    return new ItemRow(id, recipient, payload, attempts + 1, expiresMillis);
  }
}
