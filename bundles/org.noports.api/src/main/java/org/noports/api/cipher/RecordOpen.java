package org.noports.api.cipher;

import java.nio.ByteBuffer;
import org.noports.api.ProtocolViolation;

/**
 * Opens records under one key, and gives out nothing of a record that was changed in any bit, has
 * another nonce or other additional data.
 *
 * <p>Used by one thread at a time. It goes on working when its provider is withdrawn.
 */
public interface RecordOpen extends AutoCloseable {
  /**
   * Opens all remaining bytes of {@code sealed}; the positions of all three buffers advance. Heap
   * buffers are fastest. {@code sealed} and {@code clear} may not overlap.
   *
   * @param nonce the one it was sealed with
   * @param additional the additional data it was sealed with
   * @param sealed content and tag
   * @param clear gets the content: has room for {@code tagLength} bytes less than {@code sealed};
   *     what it holds after a failure is not to be used
   * @throws ProtocolViolation if it is not what was sealed; the object can be used again
   * @throws IllegalArgumentException if the nonce has the wrong length or {@code clear} no room
   * @throws IllegalStateException if it is closed
   */
  void open(byte[] nonce, ByteBuffer additional, ByteBuffer sealed, ByteBuffer clear)
      throws ProtocolViolation;

  /** Overwrites the key as far as the runtime lets it. Idempotent. */
  @Override
  void close();
}
