package org.noports.tunnel.link;

import java.nio.ByteBuffer;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;

/** What we receive: sealed content to clear, or nothing at all. */
final class Opening extends Direction<RecordOpen> {
  /** Puts the content of all of {@code sealed} into {@code clear}, ready to be read. */
  void open(int header, ByteBuffer sealed, ByteBuffer clear) throws ProtocolViolation {
    clear.clear();
    engine.open(nextNonce(), header(header), sealed, clear);
    clear.flip();
    served(clear.remaining());
  }

  @Override
  RecordOpen start(RecordCipher cipher, Secret key) throws CipherUnavailable {
    return cipher.opening(key);
  }

  @Override
  void close(RecordOpen used) {
    used.close();
  }
}
