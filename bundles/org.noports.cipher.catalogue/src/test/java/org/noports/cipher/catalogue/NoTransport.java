package org.noports.cipher.catalogue;

import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyTransport;

/** A key transport that is there, and no more. */
final class NoTransport implements KeyTransport {
  @Override
  public EphemeralKey generate() {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] wrap(String publicKey, byte[] clear) {
    throw new UnsupportedOperationException();
  }
}
