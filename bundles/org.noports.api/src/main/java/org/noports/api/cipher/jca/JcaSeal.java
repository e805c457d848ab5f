package org.noports.api.cipher.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.noports.api.cipher.RecordSeal;

/** The sending end of one key. */
record JcaSeal(JcaEngine engine) implements RecordSeal {
  @Override
  public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer sealed) {
    try {
      engine.apply(nonce, additional, clear, sealed, engine.tagLength());
    } catch (GeneralSecurityException e) {
      // The one reason left is a nonce twice in a row, which the JDK refuses.
      throw new IllegalArgumentException("The record cannot be sealed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    engine.close();
  }

  @Override
  public String toString() {
    return "JcaSeal";
  }
}
