package org.noports.api.cipher;

import org.noports.api.ProtocolViolation;

/** A key pair that lives in memory for one session. */
public interface EphemeralKey extends AutoCloseable {
  /** Base64 of the public half's X.509 form. */
  String publicKey();

  /**
   * Opens what was wrapped for {@link #publicKey}. The caller wipes the result.
   *
   * @throws ProtocolViolation if it was not wrapped for this key
   */
  byte[] unwrap(byte[] wrapped) throws ProtocolViolation;

  /** Gives up the private half. Idempotent. */
  @Override
  void close();
}
