package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hides a stream's content from whoever carries it, and nothing more: no integrity, no protection
 * against truncation or replay. A key and IV serve one direction of one stream, once.
 *
 * <p>A plug-in: register it with the property {@link #ALGORITHM}. Thread-safe.
 */
@ConsumerType
public interface StreamCipher {
  /** Service property: the algorithm's name, for example {@link #AES_256_CTR}. */
  String ALGORITHM = "noports.cipher.stream";

  /** AES-256 in counter mode, 128-bit big-endian counter (noports.md 4.5). */
  String AES_256_CTR = "aes-256-ctr";

  /** Length of a key in bytes. */
  int keyLength();

  /** Length of an initial counter block in bytes. */
  int ivLength();

  /**
   * Starts one direction of one stream at its first byte.
   *
   * @param key is copied; the caller wipes its own
   * @throws CipherUnavailable if the algorithm has been withdrawn
   * @throws IllegalArgumentException if key or IV have the wrong length
   */
  KeyStream start(Secret key, byte[] iv) throws CipherUnavailable;
}
