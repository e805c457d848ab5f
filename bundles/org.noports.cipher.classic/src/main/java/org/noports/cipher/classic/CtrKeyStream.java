package org.noports.cipher.classic;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.cipher.KeyStream;

/** One direction of one stream. From heap array to heap array the JDK is three times as fast. */
final class CtrKeyStream implements KeyStream {
  private final Cipher cipher;
  private boolean closed;

  CtrKeyStream(Cipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public void apply(ByteBuffer source, ByteBuffer destination) {
    if (closed) {
      throw new IllegalStateException("The key stream is closed");
    }
    try {
      if (source.hasArray() && destination.hasArray()) {
        applyArrays(source, destination);
      } else {
        cipher.update(source, destination);
      }
    } catch (ShortBufferException e) {
      throw new IllegalArgumentException("The destination has less room than the source", e);
    }
  }

  private void applyArrays(ByteBuffer source, ByteBuffer destination) throws ShortBufferException {
    int length = source.remaining();
    if (destination.remaining() < length) {
      throw new ShortBufferException("The destination has less room than the source");
    }
    int done =
        cipher.update(
            source.array(),
            source.arrayOffset() + source.position(),
            length,
            destination.array(),
            destination.arrayOffset() + destination.position());
    source.position(source.position() + length);
    destination.position(destination.position() + done);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      // Overwrites the round keys; the JDK has no other way to give them up.
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(new byte[32], "AES"),
          new IvParameterSpec(new byte[16]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a zero key cannot be refused", e);
    }
  }
}
