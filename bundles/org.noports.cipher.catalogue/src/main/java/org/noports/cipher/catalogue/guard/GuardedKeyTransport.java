package org.noports.cipher.catalogue.guard;

import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyTransport;

/** A key transport that a third party wrote. */
record GuardedKeyTransport(Guard guard, KeyTransport plugIn) implements KeyTransport {
  @Override
  public EphemeralKey generate() throws CipherUnavailable {
    try {
      EphemeralKey key = guard.call("generate", plugIn::generate);
      return new Ephemeral(guard, key, guard.call("publicKey", key::publicKey));
    } catch (ProtocolViolation e) {
      throw new CipherUnavailable(e.getMessage(), e);
    }
  }

  @Override
  public byte[] wrap(String publicKey, byte[] clear) throws CipherUnavailable, ProtocolViolation {
    byte[] copy = clear.clone();
    return guard.call("wrap", () -> plugIn.wrap(publicKey, copy).clone());
  }

  private record Ephemeral(Guard guard, EphemeralKey key, String publicKey)
      implements EphemeralKey {
    @Override
    public byte[] unwrap(byte[] wrapped) throws ProtocolViolation {
      byte[] copy = wrapped.clone();
      try {
        return guard.call("unwrap", () -> key.unwrap(copy).clone());
      } catch (CipherUnavailable e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      guard.release(key);
    }

    @Override
    public String toString() {
      return "Ephemeral";
    }
  }
}
