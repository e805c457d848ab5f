package org.noports.api.identity;

import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;

/**
 * The key material of onboarding and enrollment (APKAM). Private keys stay inside: callers carry
 * public and encrypted texts between here and the atServer.
 *
 * <p>Calls compute for up to a second, and {@link #convey} reads a key file; none is for an I/O
 * loop.
 */
public interface KeyEnrollment {
  /** Cuts all keys of an atSign whose life begins. */
  FirstKeys cutFirst(AtSign atSign);

  /**
   * Cuts the keys of one more program.
   *
   * @param encryptionPublicKey base64 X.509: what the atSign publishes
   * @throws IdentityUnusable if that is no RSA key
   */
  PendingKeys cutPending(AtSign atSign, String encryptionPublicKey) throws IdentityUnusable;

  /**
   * Encrypts our shared keys for who has the symmetric key.
   *
   * @param wrappedSymmetricKey base64, wrapped for our encryption key
   * @throws IdentityUnusable if it was not wrapped for us, or our key file cannot be used
   */
  ConveyedKeys convey(AtSign approver, String wrappedSymmetricKey) throws IdentityUnusable;

  /** Fingerprint of a wrapped symmetric key, as {@link PendingKeys#fingerprint} shows it. */
  Fingerprint fingerprintOf(String wrappedSymmetricKey) throws IdentityUnusable;
}
