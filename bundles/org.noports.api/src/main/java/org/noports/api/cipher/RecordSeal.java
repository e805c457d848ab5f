package org.noports.api.cipher;

import java.nio.ByteBuffer;

/**
 * Seals records under one key, so that only a holder of the key reads them and every change is
 * found. The caller guarantees that no nonce is used twice: a second use gives away both records.
 *
 * <p>Used by one thread at a time. It goes on working when its provider is withdrawn.
 */
public interface RecordSeal extends AutoCloseable {
  /**
   * Seals all remaining bytes of {@code clear}; the positions of all three buffers advance. Heap
   * buffers are fastest. {@code sealed} and {@code clear} may not overlap.
   *
   * @param nonce unique for this key
   * @param additional authenticated, not sealed; may be empty
   * @param clear the content
   * @param sealed gets the sealed content and the tag behind it: has room for {@code tagLength}
   *     bytes more than {@code clear}
   * @throws IllegalArgumentException if the nonce has the wrong length or {@code sealed} no room
   * @throws IllegalStateException if it is closed
   */
  void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer sealed);

  /** Overwrites the key as far as the runtime lets it. Idempotent. */
  @Override
  void close();
}
