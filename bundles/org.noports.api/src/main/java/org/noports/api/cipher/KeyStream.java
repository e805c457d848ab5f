package org.noports.api.cipher;

import java.nio.ByteBuffer;

/**
 * One direction of one stream under a {@link StreamCipher}; encrypting and decrypting are the same
 * operation. Used by one thread at a time. It goes on working when its provider is withdrawn.
 */
public interface KeyStream extends AutoCloseable {
  /**
   * Transforms all remaining bytes of {@code source} into {@code destination}, which has room for
   * as many; both positions advance. The buffers may not overlap. Heap buffers are fastest.
   */
  void apply(ByteBuffer source, ByteBuffer destination);

  /** Gives up the key. Idempotent. */
  @Override
  void close();
}
