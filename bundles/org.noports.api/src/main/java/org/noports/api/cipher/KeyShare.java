package org.noports.api.cipher;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;

/** A key pair of a {@link KeyAgreement} that serves one exchange and is wiped with it. */
public interface KeyShare extends AutoCloseable {
  /** The public half as it travels. */
  byte[] publicKey();

  /**
   * The secret that the other end has encapsulated to {@link #publicKey}. Can be called once; the
   * private half is wiped then, whatever came out. The caller owns the secret.
   *
   * @throws ProtocolViolation if it has the wrong length or gives a secret that is no secret
   * @throws CipherUnavailable if this machine cannot compute it any more
   * @throws IllegalStateException if it was opened or closed before
   */
  Secret open(byte[] encapsulated) throws ProtocolViolation, CipherUnavailable;

  /** Wipes the private half. Idempotent. */
  @Override
  void close();
}
