package org.noports.tunnel.link;

import java.nio.ByteBuffer;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordSeal;
import org.noports.protocol.np2.RecordHeader;
import org.noports.protocol.np2.RecordType;

/** What we send: clear content to whole records. */
final class Sealing extends Direction<RecordSeal> {
  /** Puts the record of all of {@code clear} into {@code record}, ready to be read. */
  void seal(RecordType type, ByteBuffer clear, ByteBuffer record) {
    int length = clear.remaining();
    int value = RecordHeader.of(length + tag(), type);
    record.clear().putInt(value);
    engine.seal(nextNonce(), header(value), clear, record);
    record.flip();
    served(length);
  }

  @Override
  RecordSeal start(RecordCipher cipher, Secret key) throws CipherUnavailable {
    return cipher.sealing(key);
  }

  @Override
  void close(RecordSeal used) {
    used.close();
  }
}
