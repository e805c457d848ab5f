package org.noports.api.cipher.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.RecordOpen;

/** The receiving end of one key. */
record JcaOpen(JcaEngine engine) implements RecordOpen {
  @Override
  public void open(byte[] nonce, ByteBuffer additional, ByteBuffer sealed, ByteBuffer clear)
      throws ProtocolViolation {
    if (sealed.remaining() < engine.tagLength()) {
      throw new ProtocolViolation(
          "A record of "
              + sealed.remaining()
              + " bytes is shorter than its tag of "
              + engine.tagLength());
    }
    try {
      try {
        engine.apply(nonce, additional, sealed, clear, -engine.tagLength());
      } catch (InvalidKeyException e) {
        engine.forgetNonce();
        engine.apply(nonce, additional, sealed, clear, -engine.tagLength());
      }
    } catch (GeneralSecurityException | CipherUnavailable e) {
      throw new ProtocolViolation("A record is not what was sealed under this key", e);
    }
  }

  @Override
  public void close() {
    engine.close();
  }

  @Override
  public String toString() {
    return "JcaOpen";
  }
}
