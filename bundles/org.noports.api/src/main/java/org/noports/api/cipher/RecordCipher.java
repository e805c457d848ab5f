package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hides a record's content and detects every change to it, to its additional data and to its nonce
 * (AEAD, RFC 5116), provided that a nonce serves a key once. It does not commit to the key: NP2's
 * confirm records do (docs/protocol/np2.md 6).
 *
 * <p>A plug-in: register it with the property {@link #ALGORITHM}. Thread-safe.
 */
@ConsumerType
public interface RecordCipher {
  /** Service property: the algorithm's name, for example {@link #AES_256_GCM}. */
  String ALGORITHM = "noports.cipher.record";

  /** AEAD_AES_256_GCM (RFC 5116 5.2). */
  String AES_256_GCM = "aes256gcm";

  /** AEAD_CHACHA20_POLY1305 (RFC 8439 2.8): for machines without AES in hardware. */
  String CHACHA20_POLY1305 = "chacha20poly1305";

  /** Length of a key in bytes. */
  int keyLength();

  /** Length of a nonce in bytes. */
  int nonceLength();

  /** By how many bytes a sealed record is longer than its clear content. */
  int tagLength();

  /**
   * The sending end of one key.
   *
   * @param key is copied; the caller wipes its own
   * @throws CipherUnavailable if the algorithm has been withdrawn
   * @throws IllegalArgumentException if the key has the wrong length
   */
  RecordSeal sealing(Secret key) throws CipherUnavailable;

  /**
   * The receiving end of one key.
   *
   * @param key is copied; the caller wipes its own
   * @throws CipherUnavailable if the algorithm has been withdrawn
   * @throws IllegalArgumentException if the key has the wrong length
   */
  RecordOpen opening(Secret key) throws CipherUnavailable;
}
